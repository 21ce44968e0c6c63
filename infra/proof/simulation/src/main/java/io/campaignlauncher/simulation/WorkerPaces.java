package io.campaignlauncher.simulation;

import io.campaignlauncher.pace.AccountPace.Reservation;
import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.simulation.engine.Transactions;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** One worker's way to the paces in the shared {@link ClaimTables}. */
final class WorkerPaces implements AccountPaces {

    private final Transactions statements;
    private final ClaimTables tables;

    WorkerPaces(Transactions statements, ClaimTables tables) {
        this.statements = statements;
        this.tables = tables;
    }

    @Override
    public Mono<Reservation> reserve(String accountId, int mutations, int whole, Duration within) {
        return statements.transaction(() -> tables.reserve(accountId, mutations, whole, within));
    }

    @Override
    public Mono<Void> pause(String accountId, Duration wait) {
        return statements.transaction(() -> {
            tables.pause(accountId, wait);
            return true;
        }).then();
    }

    @Override
    public Mono<Duration> pausedFor(String accountId) {
        return statements.transaction(() -> tables.pausedFor(accountId));
    }
}
