package io.campaignlauncher.console.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Images and videos that ad accounts are known to have.
 *
 * @param account whose are asked for; empty: any
 * @param next    what the next page begins after; null: this is the last one
 */
public record MediaList(List<Row> rows, String account, String after, @Nullable String next) {

    /** @param named how a launch names it @param problem empty: none */
    public record Row(String name, String kind, String size, String account, State state, String named, String problem,
            String at) {}

    /** Where it stands, in a word, a shape and a colour. */
    public record State(String word, String shape, String tone) {}

    private static final long KIB = 1024;

    public MediaList {
        rows = List.copyOf(rows);
    }

    /** @param answer of {@code GET /v1/media} */
    public static MediaList of(JsonNode answer, String account, String after) {
        var next = answer.path("next");
        return new MediaList(answer.path("media").valueStream().map(MediaList::row).toList(), account, after,
                next.isNumber() ? next.asString() : null);
    }

    private static Row row(JsonNode one) {
        var kind = Launches.text(one, "type");
        var name = Launches.text(one, "name");
        return new Row(name.isEmpty() ? "without a name" : name, kind, size(one.path("bytes").asLong(0)),
                Launches.text(one, "adAccountId"), state(Launches.text(one, "state")),
                kind + ": sha256:" + Launches.text(one, "sha256"), Launches.text(one, "problem"),
                Launches.text(one, "createdAt"));
    }

    static State state(String code) {
        return switch (code) {
            case "READY" -> new State("there", "✓", "good");
            case "PROCESSING" -> new State("being encoded", "◐", "busy");
            case "STARTING", "UPLOADING" -> new State("not whole yet", "◐", "busy");
            case "FINISHING" -> new State("being finished", "◐", "busy");
            case "ERROR" -> new State("cannot be shown", "✕", "bad");
            case "EXPIRED" -> new State("expired", "○", "calm");
            default -> new State("not known", "?", "warn");
        };
    }

    static String size(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        return bytes < KIB * KIB ? Math.round(bytes / (double) KIB) + " KiB"
                : Math.round(bytes * 10 / (double) (KIB * KIB)) / 10.0 + " MiB";
    }

    /** The query of the next page; empty: this is the last one. */
    public String older() {
        return next == null ? "" : "?adAccountId=" + account + "&after=" + next;
    }
}
