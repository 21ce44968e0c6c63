package io.campaignlauncher.graph;

import io.campaignlauncher.telemetry.PlainText;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * How far a video has come.
 *
 * @param uploaded whether its upload was finished
 * @param why      what went wrong, in Facebook's words; empty: nothing, or it did not say
 */
public record VideoStatus(State state, boolean uploaded, String why) {

    static final String FIELD = "status";

    private static final int WHY_LENGTH_MAX = 300;

    /** The word for the whole. */
    public enum State {
        /** It is uploaded or encoded; ask again. */
        PROCESSING,
        READY,
        /** It cannot be encoded. */
        ERROR,
        /** Its upload was not finished in time. */
        EXPIRED,
        /** A word that nobody knew when this was written. */
        OTHER
    }

    /** Empty: the answer does not say. */
    public static Optional<VideoStatus> of(JsonNode body) {
        var status = body.path(FIELD);
        var word = status.path("video_status").asString("");
        return word.isEmpty() ? Optional.empty()
                : Optional.of(new VideoStatus(state(word),
                        "complete".equals(status.path("uploading_phase").path("status").asString("")), why(status)));
    }

    private static State state(String word) {
        return switch (word) {
            case "processing" -> State.PROCESSING;
            case "ready" -> State.READY;
            case "error" -> State.ERROR;
            case "expired" -> State.EXPIRED;
            default -> State.OTHER;
        };
    }

    private static String why(JsonNode status) {
        var messages = Stream.of("uploading_phase", "processing_phase", "publishing_phase")
                .flatMap(phase -> status.path(phase).path("errors").valueStream())
                .map(error -> error.path("message").asString("")).filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" | "));
        return PlainText.cut(PlainText.oneLine(messages), WHY_LENGTH_MAX);
    }
}
