package io.campaignlauncher.graph;

import reactor.core.publisher.Mono;

/** What came of a request about media. */
final class MediaOutcomes {

    private MediaOutcomes() {}

    static <T> T value(Mono<MediaAnswer<T>> answer) {
        return switch (answer.block().result()) {
            case MediaResult.Success<T>(var value) -> value;
            case MediaResult.Failure<T>(var error) -> throw new AssertionError("a failure: " + error);
        };
    }

    static <T> GraphError error(Mono<MediaAnswer<T>> answer) {
        return switch (answer.block().result()) {
            case MediaResult.Success<T>(var value) -> throw new AssertionError("a success: " + value);
            case MediaResult.Failure<T>(var error) -> error;
        };
    }
}
