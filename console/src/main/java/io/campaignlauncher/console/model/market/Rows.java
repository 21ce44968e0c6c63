package io.campaignlauncher.console.model.market;

import static io.campaignlauncher.console.model.Launches.text;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A page of a list.
 *
 * @param after where it begins; empty: it is the first
 * @param next  what the next one begins after; empty: there is none
 */
public record Rows<T>(List<T> all, String after, String next) {

    public Rows {
        all = List.copyOf(all);
    }

    /** @param name of the list in the answer */
    public static <T> Rows<T> of(JsonNode answer, String name, String after, Function<JsonNode, T> row) {
        return new Rows<>(answer.path(name).valueStream().map(row).toList(), after, text(answer, "next"));
    }

    public boolean isFirst() {
        return after.isEmpty();
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }
}
