package io.campaignlauncher.graph;

import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Told of every request that has ended, once each. It travels in Reactor's context with the work that needs the requests; work
 * without one has nobody told.
 */
@FunctionalInterface
public interface CallWatch {

    CallWatch NONE = (_, _) -> {};

    /**
     * Called on the thread that brought the answer: it may not block. What it throws is logged, and changes nothing for the request.
     *
     * @param context of the request
     */
    void ended(GraphCall call, ContextView context);

    /** The work, watched. */
    default <T> Mono<T> over(Mono<T> work) {
        return work.contextWrite(context -> context.put(CallWatch.class, this));
    }

    /** Whoever watches here; {@link #NONE} where nobody does. */
    static CallWatch of(ContextView context) {
        return context.<CallWatch>getOrEmpty(CallWatch.class).orElse(NONE);
    }
}
