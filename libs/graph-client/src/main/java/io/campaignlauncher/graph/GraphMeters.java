package io.campaignlauncher.graph;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Timer {@code graph.requests} by operation and outcome, counter {@code graph.requests.sent}. No tag holds a path, an id or a token.
 * Several graphs on one registry add up.
 */
final class GraphMeters {

    enum Operation {
        GET, POST, BATCH;

        private final String spanName = "graph " + name().toLowerCase(Locale.ROOT);

        String spanName() {
            return spanName;
        }
    }

    /** What a request came to as a whole; operations inside a batch may have failed all the same. */
    enum Outcome {
        SUCCESS, PERMANENT, RATE_LIMIT, TEMPORARY, TIMED_OUT, NOT_SENT, CIRCUIT_OPEN, CANCELLED
    }

    /** Upper bounds of the buckets that percentiles are taken from. */
    private static final Duration[] LATENCIES = Stream.of(100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .map(Duration::ofMillis).toArray(Duration[]::new);

    private final Timer[][] timers = new Timer[Operation.values().length][Outcome.values().length];
    private final Counter sentByAll;
    private final Clock clock;

    GraphMeters(MeterRegistry registry) {
        clock = registry.config().clock();
        for (var operation : Operation.values()) {
            for (var outcome : Outcome.values()) {
                timers[operation.ordinal()][outcome.ordinal()] = Timer.builder("graph.requests")
                        .description("HTTP requests to the Graph API")
                        .tag("operation", operation.name().toLowerCase(Locale.ROOT))
                        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                        .serviceLevelObjectives(LATENCIES)
                        .register(registry);
            }
        }
        sentByAll = Counter.builder("graph.requests.sent")
                .description("HTTP requests that left for the Graph API, answered or not")
                .register(registry);
    }

    long nanos() {
        return clock.monotonicTime();
    }

    void record(Operation operation, Outcome outcome, long nanos) {
        if (outcome != Outcome.NOT_SENT && outcome != Outcome.CIRCUIT_OPEN) {
            sentByAll.increment();
        }
        timers[operation.ordinal()][outcome.ordinal()].record(nanos, TimeUnit.NANOSECONDS);
    }
}
