package io.campaignlauncher.standalone;

import io.campaignlauncher.schemas.EntityType;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Shows a launch: bars that move where the output is a terminal, a line for each change where it is not. */
final class ProgressDisplay {

    private static final int BAR_CHARACTERS = 30;
    private static final String UP_AND_CLEAR = "\u001b[%dA\u001b[J";

    private final PrintStream out;
    private final boolean terminal;
    private final Supplier<String> post;
    private int linesShown;
    private String lastLine = "";

    /** @param post how far the post beside the launch has come; empty: there is none */
    ProgressDisplay(PrintStream out, boolean terminal, Supplier<String> post) {
        this.out = out;
        this.terminal = terminal;
        this.post = post;
    }

    static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    void show(LaunchProgress progress, Instant now) {
        if (terminal) {
            var lines = bars(progress, post.get(), now);
            if (linesShown > 0) {
                out.printf(UP_AND_CLEAR, linesShown);
            }
            lines.forEach(out::println);
            linesShown = lines.size();
        } else {
            var line = line(progress, post.get());
            if (!line.equals(lastLine)) {
                out.println(seconds(progress.elapsed(now)) + "  " + line);
                lastLine = line;
            }
        }
        out.flush();
    }

    private static List<String> bars(LaunchProgress progress, String post, Instant now) {
        var lines = new ArrayList<>(List.of(bar("campaign", progress, EntityType.CAMPAIGN),
                bar("ad sets", progress, EntityType.AD_SET), bar("ads", progress, EntityType.AD),
                "%-9s %s   retries %d   %s".formatted("stage", progress.stage(), progress.retries(),
                        seconds(progress.elapsed(now))),
                progress.detail()));
        if (!post.isEmpty()) {
            lines.add("%-9s %s".formatted("post", post));
        }
        return lines;
    }

    private static String bar(String name, LaunchProgress progress, EntityType type) {
        int wanted = progress.wanted(type);
        int created = progress.created(type);
        int full = wanted == 0 ? 0 : BAR_CHARACTERS * Math.min(created, wanted) / wanted;
        return "%-9s [%s%s] %3d/%d".formatted(name, "█".repeat(full), "·".repeat(BAR_CHARACTERS - full), created,
                wanted);
    }

    private static String line(LaunchProgress progress, String post) {
        return "%s: campaign %d/%d, ad sets %d/%d, ads %d/%d, retries %d%s%s".formatted(progress.stage(),
                progress.created(EntityType.CAMPAIGN), progress.wanted(EntityType.CAMPAIGN),
                progress.created(EntityType.AD_SET), progress.wanted(EntityType.AD_SET),
                progress.created(EntityType.AD),
                progress.wanted(EntityType.AD), progress.retries(),
                progress.detail().isEmpty() ? "" : " (" + progress.detail() + ")",
                post.isEmpty() ? "" : "; post " + post);
    }

    /** The figures of a settled launch. */
    void summarize(LaunchProgress progress, String jobId, Instant now) {
        out.println();
        out.println("Job " + jobId + " " + progress.end() + " after " + seconds(progress.elapsed(now))
                + (progress.detail().isEmpty() ? "" : ": " + progress.detail()));
        out.println("  entities    %d campaign, %d ad sets, %d ads".formatted(progress.created(EntityType.CAMPAIGN),
                progress.created(EntityType.AD_SET), progress.created(EntityType.AD)));
        out.println("  HTTP calls  " + progress.httpCalls() + " to the Graph API");
        out.println("  retries     " + progress.retries());
        progress.stages().forEach((stage, time) -> out.println("  %8s  %s".formatted(seconds(time), stage)));
        out.println();
        out.flush();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }
}
