package io.campaignlauncher.rollback.graph;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphBatchAnswer;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphUsage;
import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.pace.PaceTime;
import io.campaignlauncher.pace.Pacer;
import io.campaignlauncher.pace.SendPermission;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An ad account as one pass shares it with all who change something in it, creators and other passes: it asks before it deletes, and
 * tells what limit it met. Belongs to one pass.
 */
final class SharedAccount {

    /** What would have to wait longer for its permission waits for a later pass. */
    static final Duration PERMISSION_WITHIN = Duration.ofSeconds(30);

    private final Graph graph;
    private final AccountPaces paces;
    private final PaceTime time;
    private final Clock clock;
    private final RollbackSettings settings;
    private final String accountId;
    private final Pacer pacer;
    private final AtomicReference<@Nullable Instant> fullUntil = new AtomicReference<>();
    private volatile long worthUntilNanos;

    SharedAccount(Graph graph, AccountPaces paces, PaceTime time, Clock clock, RollbackSettings settings,
            String accountId) {
        this.graph = graph;
        this.paces = paces;
        this.time = time;
        this.clock = clock;
        this.settings = settings;
        this.accountId = accountId;
        this.pacer = new Pacer(paces, time, accountId, this::worthWaiting, settings.deletionsPerSecond());
    }

    /** Why the account is to be left alone, as somebody found out; empty where it is not. */
    Mono<GraphFault> pause() {
        return paces.pausedFor(accountId).filter(Duration::isPositive)
                .map(left -> limit("The account is left alone, because somebody met a limit of it.", left));
    }

    /** Why the account is to be left alone from now on, as the answers of this pass say; empty where it is not. */
    Optional<GraphFault> full() {
        return Optional.ofNullable(fullUntil.get())
                .map(until -> Duration.between(clock.instant(), until))
                .filter(Duration::isPositive)
                .map(left -> limit("The account's limit is used up.", left));
    }

    /** Sends a batch, and heeds what the answer says of the account's limits. */
    Mono<GraphBatchAnswer> send(AccessToken token, List<GraphOperation> operations) {
        return graph.batch(token, operations).flatMap(answer -> heed(answer).thenReturn(answer));
    }

    /**
     * Waits until so many entities may be deleted, which then has to be done at once.
     *
     * @param deletions of one batch
     * @return empty: go on; else the limit, where that would take too long
     */
    Mono<Optional<GraphFault>> permission(int deletions) {
        return Mono.defer(() -> {
            worthUntilNanos = time.nanos() + PERMISSION_WITHIN.toNanos();
            return awaitPermission(deletions);
        });
    }

    private Mono<Optional<GraphFault>> awaitPermission(int deletions) {
        return pacer.permission(deletions).flatMap(permission -> switch (permission) {
            case SendPermission.Granted granted when granted.late(time.nanos()) -> awaitPermission(deletions);
            case SendPermission.Granted _ -> Mono.just(Optional.empty());
            case SendPermission.Deferred(var laterIn) when laterIn.compareTo(worthWaiting()) < 0 ->
                time.wait(laterIn).then(Mono.defer(() -> awaitPermission(deletions)));
            case SendPermission.Deferred(var laterIn) ->
                Mono.just(Optional.of(limit("The account has no room for further deletions yet.", laterIn)));
        });
    }

    private Duration worthWaiting() {
        return Duration.ofNanos(Math.max(0, worthUntilNanos - time.nanos()));
    }

    private Mono<Void> heed(GraphBatchAnswer answer) {
        var usage = answer.usage();
        if (usage.high()) {
            pacer.slowDown();
        }
        if (usage.full()) {
            var until = clock.instant().plus(waitFor(usage));
            fullUntil.accumulateAndGet(until, (a, b) -> a == null || a.isBefore(b) ? b : a);
        }
        return Stream.concat(usage.full() ? Stream.of(waitFor(usage)) : Stream.of(),
                answer.results().stream().flatMap(this::limited))
                .max(Duration::compareTo)
                .filter(Duration::isPositive)
                .map(wait -> paces.pause(accountId, wait))
                .orElse(Mono.empty());
    }

    private Stream<Duration> limited(GraphResult result) {
        return result instanceof GraphResult.Failure(var error) && error.kind() == GraphError.Kind.RATE_LIMIT
                ? Stream.of(error.waitFor() == null ? settings.limitPause() : error.waitFor())
                : Stream.of();
    }

    private Duration waitFor(GraphUsage usage) {
        return usage.waitFor().isPositive() ? usage.waitFor() : settings.limitPause();
    }

    private GraphFault limit(String why, Duration left) {
        return GraphFault.newBuilder().setKind(ErrorKind.RATE_LIMIT).setMessage(why)
                .setRetryAt(clock.instant().plus(left)).build();
    }
}
