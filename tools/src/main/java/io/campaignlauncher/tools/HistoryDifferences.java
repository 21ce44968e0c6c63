package io.campaignlauncher.tools;

import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.tools.recovery.Difference;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Prints where a topic and its event store differ, a line each, and counts. */
final class HistoryDifferences {

    private final PrintWriter out;
    private final Map<Difference.Kind, Long> counts = new EnumMap<>(Difference.Kind.class);

    HistoryDifferences(CommandSpec spec) {
        out = spec.commandLine().getOut();
    }

    void print(Difference difference) {
        if (counts.isEmpty()) {
            out.println("DIFFERENCE\tID\tEVENTS\tDETAIL");
        }
        counts.merge(difference.kind(), 1L, Long::sum);
        out.println(String.join("\t", difference.kind().word(), PlainText.oneLine(difference.stream()),
                difference.first() == difference.last() ? Long.toString(difference.first())
                        : difference.first() + "-" + difference.last(),
                PlainText.oneLine(difference.detail())));
    }

    void end() {
        out.flush();
    }

    boolean none() {
        return counts.isEmpty();
    }

    /** For people. */
    String count() {
        if (counts.isEmpty()) {
            return "one history";
        }
        var words = new StringBuilder();
        counts.forEach((kind, count) -> words.append(words.isEmpty() ? "" : ", ")
                .append(String.format(Locale.ROOT, "%,d %s", count, kind.word())));
        return words.toString();
    }
}
