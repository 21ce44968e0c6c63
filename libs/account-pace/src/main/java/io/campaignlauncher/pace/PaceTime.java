package io.campaignlauncher.pace;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Time as whoever is paced knows it.
 *
 * @param monotonicNanos never goes back; may stand still while the machine is suspended
 * @param scheduler      for every wait
 */
public record PaceTime(LongSupplier monotonicNanos, Scheduler scheduler) {

    /** The machine's own. */
    public static PaceTime system() {
        return new PaceTime(System::nanoTime, Schedulers.parallel());
    }

    /** A scheduler's time for everything: virtual time. */
    public static PaceTime of(Scheduler scheduler) {
        return new PaceTime(() -> scheduler.now(TimeUnit.NANOSECONDS), scheduler);
    }

    public long nanos() {
        return monotonicNanos.getAsLong();
    }

    public Mono<Void> wait(Duration time) {
        return time.isPositive() ? Mono.delay(time, scheduler).then() : Mono.empty();
    }
}
