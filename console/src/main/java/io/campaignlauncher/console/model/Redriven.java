package io.campaignlauncher.console.model;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What became of letters that were to be redriven.
 *
 * @param left how many more there are, which were not touched
 * @param back where whoever asked for it came from
 */
public record Redriven(List<One> letters, int left, String back) {

    /** One letter. */
    public record One(String place, State state, String detail) {}

    public Redriven {
        letters = List.copyOf(letters);
    }

    /** @param answer of {@code POST /v1/dead-letters/redrive} */
    public static Redriven of(JsonNode answer, String back) {
        return new Redriven(answer.path("letters").valueStream().map(Redriven::one).toList(),
                answer.path("left").asInt(0), back);
    }

    private static One one(JsonNode letter) {
        return new One(Launches.text(letter, "topic") + " " + letter.path("partition").asInt() + "@"
                + letter.path("offset").asString("0"), switch (Launches.text(letter, "result")) {
                    case "redriven" -> State.REDRIVEN;
                    case "already" -> State.REDRIVEN_BEFORE;
                    case "unknown" -> State.UNKNOWN;
                    default -> State.LEFT_ALONE;
                }, Launches.text(letter, "detail"));
    }

    public long done() {
        return letters.stream().filter(one -> one.state() == State.REDRIVEN).count();
    }

    public String sentence() {
        return letters.isEmpty() ? "Nothing was left to redrive." : done() + " of " + letters.size()
                + (letters.size() == 1 ? " was redriven" : " were redriven")
                + (left > 0 ? "; " + left + " more are left." : ".");
    }
}
