package io.campaignlauncher.creation.graph;

import io.campaignlauncher.pace.Lease;
import io.campaignlauncher.pace.PaceTime;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/**
 * Time as a worker knows it.
 *
 * @param clock          the calendar
 * @param monotonicNanos never goes back; may stand still while the machine is suspended
 * @param scheduler      for every delay
 * @param jitter         of back-offs: 0 for none, up to 1
 */
public record WorkerTime(Clock clock, LongSupplier monotonicNanos, Scheduler scheduler, double jitter) {

    private static final double JITTER = 0.5;

    /** With the usual jitter. */
    public WorkerTime(Clock clock, LongSupplier monotonicNanos, Scheduler scheduler) {
        this(clock, monotonicNanos, scheduler, JITTER);
    }

    /** The machine's own. */
    public static WorkerTime system() {
        return new WorkerTime(Clock.systemUTC(), System::nanoTime, Schedulers.parallel());
    }

    /**
     * A scheduler's time for everything: virtual time. The calendar must be the same scheduler's. Without jitter, so that the same
     * happens each time.
     */
    public static WorkerTime of(Clock clock, Scheduler scheduler) {
        return new WorkerTime(clock, () -> scheduler.now(TimeUnit.NANOSECONDS), scheduler, 0);
    }

    boolean over(Lease lease) {
        return lease.over(monotonicNanos.getAsLong(), clock.instant());
    }

    Duration left(Lease lease) {
        return lease.left(monotonicNanos.getAsLong(), clock.instant());
    }

    RetryBackoffSpec backOff(long retries, Duration first) {
        return Retry.backoff(retries, first).jitter(jitter).scheduler(scheduler);
    }

    PaceTime pace() {
        return new PaceTime(monotonicNanos, scheduler);
    }

    Mono<Long> delay(Duration duration) {
        return Mono.delay(duration, scheduler);
    }
}
