package io.campaignlauncher.sendonce;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Timer {@code <name>.requests} by operation and outcome, counter {@code <name>.requests.sent}. No tag holds a path, an id or a token.
 * Several clients on one registry add up.
 *
 * @param <O> what is asked for
 * @param <R> what a request came to
 */
public final class RequestMeters<O extends Enum<O>, R extends Enum<R>> {

    /** Upper bounds of the buckets that percentiles are taken from. */
    private static final Duration[] LATENCIES = Stream.of(100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .map(Duration::ofMillis).toArray(Duration[]::new);

    private final Map<O, Map<R, Timer>> timers;
    private final Counter sentByAll;
    private final Clock clock;
    private final Set<R> notSent;

    /**
     * @param name    the beginning of the meters' names, e.g. {@code graph}
     * @param api     for people, e.g. {@code the Graph API}
     * @param notSent outcomes of requests that did not leave
     */
    public RequestMeters(MeterRegistry registry, String name, String api, Class<O> operations, Class<R> outcomes,
            Set<R> notSent) {
        clock = registry.config().clock();
        this.notSent = notSent;
        timers = new EnumMap<>(operations);
        for (var operation : EnumSet.allOf(operations)) {
            var ofOperation = new EnumMap<R, Timer>(outcomes);
            for (var outcome : EnumSet.allOf(outcomes)) {
                ofOperation.put(outcome, Timer.builder(name + ".requests")
                        .description("HTTP requests to " + api)
                        .tag("operation", operation.name().toLowerCase(Locale.ROOT))
                        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                        .serviceLevelObjectives(LATENCIES)
                        .register(registry));
            }
            timers.put(operation, ofOperation);
        }
        sentByAll = Counter.builder(name + ".requests.sent")
                .description("HTTP requests that left for " + api + ", answered or not")
                .register(registry);
    }

    public long nanos() {
        return clock.monotonicTime();
    }

    public void record(O operation, R outcome, long nanos) {
        if (!notSent.contains(outcome)) {
            sentByAll.increment();
        }
        var timer = timers.getOrDefault(operation, Map.of()).get(outcome);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
