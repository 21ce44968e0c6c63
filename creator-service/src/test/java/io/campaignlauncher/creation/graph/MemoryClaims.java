package io.campaignlauncher.creation.graph;

import io.campaignlauncher.creation.claims.Claims;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.pace.AccountPace;
import io.campaignlauncher.pace.AccountPace.Reservation;
import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.pace.Lease;
import io.campaignlauncher.pace.Timeline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rules of the tables of claims and paces, in memory and on a given clock. */
final class MemoryClaims implements Claims, AccountPaces {

    record Row(int round, String claimant, Instant claimedAt, Instant leaseUntil, boolean finished, Wanted wanted) {

        Instant quietAt() {
            return leaseUntil.plus(wanted.limits().requestTimeout());
        }
    }

    /** What all instances on one database share. */
    record Tables(Map<UUID, Row> rows, Map<String, Instant> resumeAt, Map<String, AccountPace> paces,
            AtomicReference<Instant> timelineSince) {

        Tables() {
            this(new HashMap<>(), new HashMap<>(), new HashMap<>(), new AtomicReference<>(Instant.MIN));
        }
    }

    final Map<UUID, Row> rows;
    final Map<String, Instant> resumeAt;
    int failures;
    int statements;
    private final Map<String, AccountPace> paces;
    private final AtomicReference<Instant> timelineSince;
    private final Clock clock;
    private final CreationSettings settings;

    MemoryClaims(Clock clock, CreationSettings settings) {
        this(clock, settings, new Tables());
    }

    MemoryClaims(Clock clock, CreationSettings settings, Tables tables) {
        this.rows = tables.rows();
        this.resumeAt = tables.resumeAt();
        this.paces = tables.paces();
        this.timelineSince = tables.timelineSince();
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public Mono<List<Claim>> claim(String claimant, Collection<Wanted> wanted) {
        return answered(() -> {
            var won = new ArrayList<Claim>();
            var now = clock.instant();
            for (var one : wanted) {
                if (one.notAfter() != null && now.isAfter(one.notAfter())) {
                    continue;
                }
                var row = rows.get(one.jobId());
                var perhapsClaimed = !one.cause().time()
                        .isAfter(timelineSince.get().plus(Timeline.CLOCKS_DIFFER_MAX));
                if (row == null || row.round < one.round()
                        || row.round == one.round() && row.claimant.equals(claimant) && !row.finished) {
                    rows.put(one.jobId(), new Row(one.round(), perhapsClaimed ? "" : claimant, now,
                            now.plus(one.limits().lease()), false, one));
                    if (perhapsClaimed) {
                        continue;
                    }
                    var paused = left(one.accountId(), now);
                    won.add(new Claim(one.jobId(), one.round(), paused, paused.isPositive() ? Reservation.NONE
                            : reserved(one.accountId(), one.mutations(), 1, one.limits().lease().minus(Lease.MARGIN))));
                }
            }
            return won;
        });
    }

    @Override
    public Mono<Void> reachable() {
        return Mono.<Object>fromCallable(() -> rows).then();
    }

    @Override
    public Mono<Reservation> reserve(String accountId, int mutations, int whole, Duration within) {
        return answered(() -> reserved(accountId, mutations, whole, within));
    }

    private Reservation reserved(String accountId, int mutations, int whole, Duration within) {
        if (settings.mutationsPerSecond() == 0 || mutations == 0) {
            return Reservation.NONE;
        }
        var reserved = paces.getOrDefault(accountId, AccountPace.FREE)
                .reserve(clock.instant(), mutations, whole, settings.mutationsPerSecond(), within);
        paces.put(accountId, reserved.pace());
        return reserved.reservation();
    }

    @Override
    public Mono<Void> pause(String accountId, Duration wait) {
        return answered(() -> resumeAt.merge(accountId, clock.instant().plus(wait), (a, b) -> a.isAfter(b) ? a : b))
                .then();
    }

    @Override
    public Mono<Duration> pausedFor(String accountId) {
        return answered(() -> left(accountId, clock.instant()));
    }

    private Duration left(String accountId, Instant now) {
        var left = Duration.between(now, resumeAt.getOrDefault(accountId, now));
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public Mono<Void> finish(Collection<Finished> rounds) {
        return answered(() -> {
            rounds.forEach(one -> rows.computeIfPresent(one.jobId(), (_, row) -> row.round == one.round()
                    ? new Row(row.round, row.claimant, row.claimedAt, row.leaseUntil, true, row.wanted) : row));
            return 0;
        }).then();
    }

    @Override
    public Mono<Integer> sweep(Function<Expired, Mono<Void>> report) {
        return Flux.defer(() -> Flux.fromIterable(List.copyOf(rows.entrySet())))
                .filter(entry -> !entry.getValue().finished && entry.getValue().quietAt().isBefore(clock.instant()))
                .concatMap(entry -> {
                    var row = entry.getValue();
                    return report.apply(new Expired(entry.getKey(), row.round, row.claimedAt,
                            row.quietAt(), row.wanted.cause()))
                            .then(finish(List.of(new Finished(entry.getKey(), row.round)))).thenReturn(1)
                            .onErrorResume(_ -> Mono.empty());
                })
                .reduce(0, Integer::sum);
    }

    private <T> Mono<T> answered(java.util.concurrent.Callable<T> work) {
        return Mono.fromCallable(() -> {
            statements++;
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("the database is away");
            }
            return work.call();
        });
    }
}
