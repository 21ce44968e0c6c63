package io.campaignlauncher.worker.calls;

import io.campaignlauncher.graph.CallWatch;
import reactor.core.publisher.Mono;

/** Has the requests noted that are made for jobs. Nobody waits for a note, and one that fails changes nothing. */
@FunctionalInterface
public interface JobCalls {

    JobCalls NONE = _ -> CallWatch.NONE;

    /** Whoever notes the requests of one piece of work, and counts them. */
    CallWatch of(CalledFor work);

    /** The work, its requests noted; done again, it is another piece. */
    default <T> Mono<T> noted(CalledFor work, Mono<T> requests) {
        return Mono.defer(() -> of(work).over(requests));
    }
}
