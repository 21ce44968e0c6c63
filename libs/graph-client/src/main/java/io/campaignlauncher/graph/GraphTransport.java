package io.campaignlauncher.graph;

import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.Unanswered;
import reactor.core.publisher.Mono;

/**
 * Carries one HTTP request and brings back its answer, whatever it says. Knows nothing of errors inside answers.
 *
 * <p>Promises, on which the exactness of the whole system rests:
 * <ul>
 * <li>a subscription sends its request at most once, and nothing at all once it was cancelled or has ended;
 * <li>it ends within the request time-out;
 * <li>no redirect is followed;
 * <li>where there is no complete answer, the error signal is a {@link Unanswered}, which tells whether the request
 *     may have left. Any other error counts as "may have left".
 * </ul>
 */
@FunctionalInterface
public interface GraphTransport extends AutoCloseable {

    Mono<HttpAnswer> exchange(GraphRequest request);

    /** Gives up the connections. */
    @Override
    default void close() {}
}
