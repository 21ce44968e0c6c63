package io.campaignlauncher.pace;

import io.campaignlauncher.messaging.ThrottledWarning;
import io.campaignlauncher.pace.AccountPace.Reservation;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * {@link AccountPaces} for whoever would rather go on at the pace of its own process than wait for shared paces that cannot be
 * reached. Never fails.
 */
public final class SharedOrOwnPaces implements AccountPaces {

    private static final Logger LOG = LoggerFactory.getLogger(SharedOrOwnPaces.class);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final int ASKED_AGAIN = 1;

    private final AccountPaces shared;
    private final AccountPaces own;
    private final Scheduler scheduler;
    private final ThrottledWarning warning;

    /** @param scheduler for the time that an answer may take */
    public SharedOrOwnPaces(AccountPaces shared, AccountPaces own, Clock clock, Scheduler scheduler) {
        this.shared = shared;
        this.own = own;
        this.scheduler = scheduler;
        this.warning = new ThrottledWarning(LOG, clock);
    }

    @Override
    public Mono<Reservation> reserve(String accountId, int mutations, int whole, Duration within) {
        // Everything in a later answer is late already.
        return askShared(AccountPace.SEND_WITHIN, paces -> paces.reserve(accountId, mutations, whole, within));
    }

    @Override
    public Mono<Void> pause(String accountId, Duration wait) {
        return askShared(ANSWER_WITHIN, paces -> paces.pause(accountId, wait));
    }

    @Override
    public Mono<Duration> pausedFor(String accountId) {
        return askShared(ANSWER_WITHIN, paces -> paces.pausedFor(accountId));
    }

    private <T> Mono<T> askShared(Duration within, Function<AccountPaces, Mono<T>> question) {
        return Mono.defer(() -> question.apply(shared))
                .timeout(within, scheduler)
                .retry(ASKED_AGAIN)
                .doOnSuccess(_ -> warning.over())
                .onErrorResume(e -> {
                    warning.warn("the paces that workers share cannot be reached, going on at a pace of its own", e);
                    return question.apply(own);
                });
    }
}
