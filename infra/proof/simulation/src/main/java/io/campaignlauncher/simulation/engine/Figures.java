package io.campaignlauncher.simulation.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What happened in runs; those of several threads can be added up. */
public final class Figures {

    private static final String ROW = "| %-27s | %15s |%n";

    private final List<? extends Hazard> hazards;
    private final long[] struck;
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private long runs;
    private long steps;
    private long failures;

    /** @param counted what is counted besides faults, in order */
    public Figures(List<? extends Hazard> hazards, List<String> counted) {
        this.hazards = hazards;
        this.struck = new long[hazards.size()];
        counted.forEach(what -> counts.put(what, 0L));
    }

    void add(Run world, boolean failed) {
        runs++;
        steps += world.steps();
        failures += failed ? 1 : 0;
        if (!failed) {
            world.count(this);
        }
    }

    public void add(Figures others) {
        for (int i = 0; i < struck.length; i++) {
            struck[i] += others.struck[i];
        }
        others.counts.forEach(this::count);
        runs += others.runs;
        steps += others.steps;
        failures += others.failures;
    }

    public void count(String what, long times) {
        counts.merge(what, times, Long::sum);
    }

    /** By kind of fault how often it struck; to be added to. */
    long[] struck() {
        return struck;
    }

    public long struck(Hazard fault) {
        return struck[fault.ordinal()];
    }

    public long counted(String what) {
        return counts.getOrDefault(what, 0L);
    }

    public long failures() {
        return failures;
    }

    /** A table for people, in Markdown. */
    public String table(double seconds) {
        var text = new StringBuilder();
        row(text, "what", "how often");
        row(text, "---------------------------", "--------------:");
        row(text, "seeds", number(runs));
        row(text, "seeds a second", number(Math.round(runs / seconds)));
        row(text, "seconds", number(Math.round(seconds)));
        row(text, "steps", number(steps));
        counts.forEach((what, count) -> row(text, what, number(count)));
        for (var fault : hazards) {
            row(text, words(fault.name()), number(struck(fault)));
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

    /** @param name of a constant */
    public static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
