package io.campaignlauncher.creation.graph;

import io.campaignlauncher.messaging.LiveGauge;
import io.campaignlauncher.creation.model.RoundProgress;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Figures of a worker: {@code creation.queue.time}, {@code creation.rounds}, {@code creation.rounds.in.progress}, {@code
 * creation.claims}.
 */
final class WorkerMeters {

    private final MeterRegistry registry;
    private final Timer queueTime;

    WorkerMeters(MeterRegistry registry, AtomicInteger inProgress) {
        this.registry = registry;
        new LiveGauge<AtomicInteger>("creation.rounds.in.progress", Tags.empty(), null,
                "Rounds that were begun and are not over", AtomicInteger::get, Double::sum).join(registry, inProgress);
        queueTime = Timer.builder("creation.queue.time")
                .description("From a creation command to the claim that begins with it").register(registry);
    }

    void begun(Duration waited) {
        queueTime.record(waited.isNegative() ? Duration.ZERO : waited);
    }

    void claimed(int won, int wanted) {
        registry.counter("creation.claims", "result", "won").increment(won);
        registry.counter("creation.claims", "result", "taken").increment(wanted - won);
    }

    void ended(RoundProgress progress, Duration took) {
        registry.timer("creation.rounds", "end", progress.end().name().toLowerCase(Locale.ROOT),
                "permanent", Boolean.toString(progress.permanent()),
                "unknown", Boolean.toString(progress.unknown()),
                "lease.over", Boolean.toString(progress.leaseOver()),
                "stopped", Boolean.toString(progress.stopped())).record(took);
    }
}
