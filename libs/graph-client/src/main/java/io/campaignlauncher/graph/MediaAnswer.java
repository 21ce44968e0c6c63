package io.campaignlauncher.graph;

import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The result of one request about an image or a video, and what its headers said about usage.
 *
 * @param <T> what the answer says
 */
public record MediaAnswer<T>(MediaResult<T> result, GraphUsage usage) {

    private static final int HTTP_OK = 200;

    /**
     * @param promised what the answer must have, for people
     * @param reading  finds it; empty: the answer has it not
     */
    static <T> MediaAnswer<T> of(GraphAnswer answer, boolean isWrite, String promised,
            Function<JsonNode, Optional<T>> reading) {
        var result = switch (answer.result()) {
            case GraphResult.Failure(var error) -> new MediaResult.Failure<T>(error);
            case GraphResult.Success(var body) -> reading.apply(body).<MediaResult<T>>map(MediaResult.Success::new)
                    .orElseGet(() -> new MediaResult.Failure<>(
                            ErrorClassifier.unreadable("an answer without " + promised, HTTP_OK, isWrite)));
        };
        return new MediaAnswer<>(result, answer.usage());
    }
}
