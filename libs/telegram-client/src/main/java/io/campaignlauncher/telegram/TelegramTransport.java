package io.campaignlauncher.telegram;

import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.Unanswered;
import reactor.core.publisher.Mono;

/**
 * Carries one request of one bot and brings back its answer, whatever it says.
 *
 * <p>Promises, on which "once" rests: a subscription sends its request at most once, and nothing at all once it was cancelled or has ended;
 * it ends within the request's time limit; no redirect is followed; where there is no complete answer, the error signal is an
 * {@link Unanswered}, which tells whether the request may have left. Any other error counts as "may have left".
 */
@FunctionalInterface
public interface TelegramTransport extends AutoCloseable {

    Mono<HttpAnswer> exchange(TelegramRequest request);

    /** Gives up the connections. */
    @Override
    default void close() {}
}
