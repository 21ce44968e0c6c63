package io.campaignlauncher.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether a loop that has to get on does. The loop says so each time it got on, and each time it found nothing to do; one that
 * hangs, fails or tries the same thing again and again says nothing, and the time since then grows. Shown as
 * {@code progress.stalled.seconds} with the part's name, and in readiness.
 */
public final class Progress {

    private final String part;
    private final LongSupplier nanoTime;
    private final AtomicLong latest;

    /** @param part the loop's name: one word, as in {@code feed} */
    public Progress(String part, MeterRegistry meters) {
        this(part, meters, System::nanoTime);
    }

    Progress(String part, MeterRegistry meters, LongSupplier nanoTime) {
        this.part = part;
        this.nanoTime = nanoTime;
        this.latest = new AtomicLong(nanoTime.getAsLong());
        Gauge.builder("progress.stalled", this, progress -> progress.stalledFor().toMillis() / 1000.0)
                .baseUnit("seconds")
                .tag("part", part)
                .description("Time since the part last got on or had nothing to do")
                .register(meters);
    }

    public String part() {
        return part;
    }

    /** The loop got on, or has nothing to do. */
    public void made() {
        latest.set(nanoTime.getAsLong());
    }

    /** Time since {@link #made} was last called, or since the start. */
    public Duration stalledFor() {
        return Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - latest.get()));
    }
}
