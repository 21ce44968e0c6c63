package io.campaignlauncher.simulation;

import io.campaignlauncher.creation.claims.Claims;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import io.campaignlauncher.simulation.engine.Trace;
import io.campaignlauncher.simulation.engine.Transactions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** One creator's way to the claims in the shared {@link ClaimTables}. */
final class CreatorClaims implements Claims {

    private static final Duration REPORT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LOCK_POLL = Duration.ofMillis(100);
    private static final int LOCK_POLLS_MAX = 50;

    private final Trace trace;
    private final SimulatedProcess life;
    private final Transactions statements;
    private final ClaimTables tables;

    CreatorClaims(Trace trace, SimulatedProcess life, Transactions statements, ClaimTables tables) {
        this.trace = trace;
        this.life = life;
        this.statements = statements;
        this.tables = tables;
    }

    @Override
    public Mono<List<Claim>> claim(String claimant, Collection<Wanted> wanted) {
        var all = List.copyOf(wanted);
        return Mono.<Boolean>create(sink -> awaitLocks(all, LOCK_POLLS_MAX, sink)).then(statements.transaction(() -> {
            var won = tables.claim(claimant, all);
            trace.line(life.name(), all.getFirst().jobId().toString(), () -> "claims round "
                    + all.getFirst().round() + (all.size() > 1 ? " and " + (all.size() - 1) + " others" : "")
                    + " as " + claimant + ", wins " + won);
            return won;
        }));
    }

    private void awaitLocks(List<Wanted> wanted, int pollsLeft, MonoSink<Boolean> sink) {
        if (!tables.mustWait(wanted)) {
            sink.success(true);
        } else if (pollsLeft == 0) {
            sink.error(new IllegalStateException("simulated: the statement took too long"));
        } else {
            life.after(LOCK_POLL.toNanos(), () -> awaitLocks(wanted, pollsLeft - 1, sink));
        }
    }

    @Override
    public Mono<Void> reachable() {
        return statements.transaction(() -> true).then();
    }

    @Override
    public Mono<Void> finish(Collection<Finished> rounds) {
        return statements.transaction(() -> tables.finish(rounds)).then();
    }

    @Override
    public Mono<Integer> sweep(Function<Expired, Mono<Void>> report) {
        return Mono.defer(() -> {
            var expired = tables.lockExpired(life);
            if (expired.isEmpty()) {
                return Mono.just(0);
            }
            return Flux.fromIterable(expired)
                    .flatMap(one -> report.apply(one).timeout(REPORT_TIMEOUT, life)
                            .thenReturn(new Finished(one.jobId(), one.round()))
                            .onErrorResume(_ -> Mono.empty()))
                    .collectList()
                    .flatMap(reported -> statements.transaction(() -> tables.finish(reported)))
                    .doFinally(_ -> tables.unlock(life));
        });
    }
}
