package io.campaignlauncher.simulation;

import io.campaignlauncher.pace.AccountPace.Reservation;
import io.campaignlauncher.pace.AccountPaces;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** The paces of one process that cannot ask the others; lets the checker know. */
record UnsharedPaces(InvariantChecker checker, AccountPaces own) implements AccountPaces {

    @Override
    public Mono<Reservation> reserve(String accountId, int mutations, int whole, Duration within) {
        checker.pacedAlone(accountId);
        return own.reserve(accountId, mutations, whole, within);
    }

    @Override
    public Mono<Void> pause(String accountId, Duration wait) {
        return own.pause(accountId, wait);
    }

    @Override
    public Mono<Duration> pausedFor(String accountId) {
        return own.pausedFor(accountId);
    }
}
