package io.campaignlauncher.tools;

import io.campaignlauncher.telemetry.PlainText;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;

/** Prints differences between tables and events; shared by the commands that find some. */
final class DifferenceLines {

    private static final int LIMIT = 1_000;

    @Option(names = "--json", description = "A JSON object a line.")
    private boolean json;

    @Option(names = "--limit", defaultValue = ""
            + LIMIT, description = "Print at most so many differences; all are counted (default: ${DEFAULT-VALUE}).")
    private int limit = LIMIT;

    private long found;

    /** What differs in a row. @param column null: the whole row @param is null: nothing @param should null: nothing */
    record Place(@Nullable String column, @Nullable String is, @Nullable String should) {}

    /** @param names of the two columns that say which row it is */
    void header(PrintWriter out, String first, String second) {
        if (!json) {
            out.println(String.join("\t", first, second, "COLUMN", "IS", "SHOULD-BE"));
        }
    }

    void print(PrintWriter out, String firstName, String first, String secondName, String second, Place place) {
        if (++found > limit) {
            return;
        }
        if (json) {
            out.println(JsonNodeFactory.instance.objectNode().put(firstName, first).put(secondName, second)
                    .put("column", place.column()).put("is", place.is()).put("should", place.should()));
        } else {
            out.println(String.join("\t", first, second, Objects.requireNonNullElse(place.column(), "-"),
                    value(place.is()), value(place.should())));
        }
    }

    /** How many there were, in words. */
    String count() {
        return String.format(Locale.ROOT, "%,d differences%s", found, found > limit ? ", " + limit + " shown" : "");
    }

    private static String value(@Nullable String value) {
        return value == null ? "nothing" : PlainText.oneLine(value);
    }
}
