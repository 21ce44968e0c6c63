package io.campaignlauncher.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page that tells what many launches need: figures as they were measured, and tables that are computed from them. */
final class CapacityPage {

    private static final String FIGURES = "```properties\n";
    private static final String FIGURES_END = "```";
    private static final String TABLES = "<!-- computed -->\n";
    private static final String TABLES_END = "<!-- to here -->";

    private CapacityPage() {}

    /** The page with its tables computed anew. */
    static String computed(String page) {
        var figures = LaunchFigures.read(between(page, FIGURES, FIGURES_END).lines());
        var from = page.indexOf(TABLES) + TABLES.length();
        return page.substring(0, from) + "\n" + new Capacity(figures).tables() + "\n"
                + page.substring(page.indexOf(TABLES_END, from));
    }

    static void write(Path file) throws IOException {
        Files.writeString(file, computed(Files.readString(file)));
    }

    private static String between(String page, String begin, String end) {
        int from = page.indexOf(begin);
        if (from < 0) {
            throw new IllegalArgumentException("the page has no figures");
        }
        return page.substring(from + begin.length(), page.indexOf(end, from + begin.length()));
    }
}
