package io.campaignlauncher.graph;

/**
 * What a request about an image or a video came to.
 *
 * @param <T> what its answer says
 */
public sealed interface MediaResult<T> {

    /** Facebook said yes, and what was asked for. */
    record Success<T>(T value) implements MediaResult<T> {}

    /** Facebook said no, or nothing, or a yes without what was asked for: then the outcome of a write is unknown. */
    record Failure<T>(GraphError error) implements MediaResult<T> {}
}
