package io.campaignlauncher.creation.graph;

import io.campaignlauncher.creation.model.Lease;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Time as a worker knows it.
 *
 * @param clock          the calendar
 * @param monotonicNanos never goes back; may stand still while the machine is suspended
 * @param scheduler      for every delay
 */
public record WorkerTime(Clock clock, LongSupplier monotonicNanos, Scheduler scheduler) {

    /** The machine's own. */
    public static WorkerTime system() {
        return new WorkerTime(Clock.systemUTC(), System::nanoTime, Schedulers.parallel());
    }

    /** A scheduler's time for everything: virtual time. The calendar must be the same scheduler's. */
    public static WorkerTime of(Clock clock, Scheduler scheduler) {
        return new WorkerTime(clock, () -> scheduler.now(TimeUnit.NANOSECONDS), scheduler);
    }

    boolean over(Lease lease) {
        return lease.over(monotonicNanos.getAsLong(), clock.instant());
    }

    Duration left(Lease lease) {
        return lease.left(monotonicNanos.getAsLong(), clock.instant());
    }

    Mono<Long> delay(Duration duration) {
        return Mono.delay(duration, scheduler);
    }
}
