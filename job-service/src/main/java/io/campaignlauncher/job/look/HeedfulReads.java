package io.campaignlauncher.job.look;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphBatchAnswer;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphUsage;
import io.campaignlauncher.pace.AccountPaces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The way to Facebook of one look, which takes nothing from launches: it ends where the account has used most of what it may, and tells all
 * who work on the account what limit it met.
 */
final class HeedfulReads implements GraphReads.Batches {

    /** Where Facebook names no time. */
    private static final Duration LIMIT_PAUSE = Duration.ofMinutes(1);

    private final Graph graph;
    private final AccountPaces paces;
    private final String accountId;
    private final InstantSource clock;
    private final AtomicReference<@Nullable GraphError> end = new AtomicReference<>();
    private final DoubleAccumulator percent = new DoubleAccumulator(Math::max, 0);

    HeedfulReads(Graph graph, AccountPaces paces, String accountId, InstantSource clock) {
        this.graph = graph;
        this.paces = paces;
        this.accountId = accountId;
        this.clock = clock;
    }

    @Override
    public Mono<GraphBatchAnswer> send(AccessToken token, List<GraphOperation> operations) {
        return Mono.defer(() -> {
            var ended = end.get();
            return ended == null ? graph.batch(token, operations).flatMap(answer -> heed(answer).thenReturn(answer))
                    : Mono.just(new GraphBatchAnswer(
                            operations.stream().<GraphResult>map(_ -> new GraphResult.Failure(ended)).toList(),
                            GraphUsage.NONE));
        });
    }

    /** Of the account's limits, in percent; null: no answer named a figure. */
    @Nullable
    Double usagePercent() {
        return percent.get() > 0 ? percent.get() : null;
    }

    private Mono<Void> heed(GraphBatchAnswer answer) {
        var said = answer.usage();
        percent.accumulate(said.percent());
        var limited = Stream.concat(said.full() ? Stream.of(pause(said.waitFor())) : Stream.of(),
                answer.results().stream().flatMap(HeedfulReads::limit)).max(Duration::compareTo);
        if (limited.isPresent()) {
            end.compareAndSet(null, ended("Facebook limits the ad account.", limited.get()));
            return paces.pause(accountId, limited.get());
        }
        if (said.high()) {
            end.compareAndSet(null, ended(String.format(Locale.ROOT,
                    "The ad account has used %.0f %% of what Facebook allows it; the rest is left to launches.",
                    said.percent()), null));
        }
        return Mono.empty();
    }

    private static Stream<Duration> limit(GraphResult result) {
        return result instanceof GraphResult.Failure(var error) && error.kind() == GraphError.Kind.RATE_LIMIT
                ? Stream.of(pause(error.waitFor())) : Stream.of();
    }

    private static Duration pause(@Nullable Duration named) {
        return named == null || !named.isPositive() ? LIMIT_PAUSE : named;
    }

    private static GraphError ended(String why, @Nullable Duration wait) {
        return new GraphError(GraphError.Kind.RATE_LIMIT, false, null, null, 0, why, null, wait);
    }

    /** Why the account is to be left alone now; empty where it is not. */
    Mono<LookFailed> pause() {
        return paces.pausedFor(accountId).filter(Duration::isPositive)
                .map(left -> new LookFailed(
                        "The ad account is left alone for now, because a limit of Facebook was met.",
                        clock.instant().plus(left)));
    }
}
