package io.campaignlauncher.simulation;

import io.campaignlauncher.job.model.Phase;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What happened in runs; those of several threads can be added up. */
final class Figures {

    private static final String ROW = "| %-26s | %15s |%n";

    private final long[] struck = new long[FaultKind.values().length];
    private final Map<Phase, Long> ends = new EnumMap<>(Phase.class);
    private long runs;
    private long tasks;
    private long stalled;
    private long failures;

    void add(World world, boolean failed) {
        runs++;
        tasks += world.loop().done();
        stalled += world.stalledJobs();
        failures += failed ? 1 : 0;
        if (!failed) {
            world.checker().count(ends);
        }
    }

    void add(Figures others) {
        for (int i = 0; i < struck.length; i++) {
            struck[i] += others.struck[i];
        }
        others.ends.forEach((phase, count) -> ends.merge(phase, count, Long::sum));
        runs += others.runs;
        tasks += others.tasks;
        stalled += others.stalled;
        failures += others.failures;
    }

    /** By kind of fault how often it struck; to be added to. */
    long[] struck() {
        return struck;
    }

    long struck(FaultKind fault) {
        return struck[fault.ordinal()];
    }

    Map<Phase, Long> ends() {
        return ends;
    }

    long failures() {
        return failures;
    }

    /** A table for people, in Markdown. */
    String table(double seconds) {
        var text = new StringBuilder();
        row(text, "what", "how often");
        row(text, "--------------------------", "--------------:");
        row(text, "seeds", number(runs));
        row(text, "seeds a second", number(Math.round(runs / seconds)));
        row(text, "seconds", number(Math.round(seconds)));
        row(text, "steps", number(tasks));
        ends.forEach((phase, count) -> row(text, "jobs " + words(phase), number(count)));
        row(text, "jobs resumed", number(stalled));
        for (var fault : FaultKind.values()) {
            row(text, words(fault), number(struck(fault)));
        }
        row(text, "**broken promises**", "**" + number(failures) + "**");
        return text.toString();
    }

    private static void row(StringBuilder text, String what, String howOften) {
        text.append(ROW.formatted(what, howOften));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String words(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
