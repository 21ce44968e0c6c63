package io.campaignlauncher.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a loop that has to get on does. The loop says so each time it got on, and each time it found nothing to do; one that
 * hangs, fails or tries the same thing again and again says nothing, and the time since then grows. Shown as
 * {@code progress.stalled.seconds} with the part's name, and in readiness.
 */
public final class Progress implements AutoCloseable {

    private final String part;
    private final MeterRegistry meters;
    private final LiveGauge<Progress> gauge;
    private final LongSupplier nanoTime;
    /** When it last got on; null while it rests. */
    private final AtomicReference<@Nullable Long> latest;
    private volatile @Nullable String heldUpBy;

    /** @param part the loop's name: one word, as in {@code feed} */
    public Progress(String part, MeterRegistry meters) {
        this(part, meters, System::nanoTime);
    }

    Progress(String part, MeterRegistry meters, LongSupplier nanoTime) {
        this.part = part;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.latest = new AtomicReference<>(nanoTime.getAsLong());
        // Of several loops of one name in this process, the one that is furthest behind counts.
        this.gauge = new LiveGauge<>("progress.stalled", Tags.of("part", part), "seconds",
                "Time since the part last got on or had nothing to do",
                progress -> progress.stalledFor().toMillis() / 1000.0, Math::max);
        gauge.join(meters, this);
    }

    /** The loop is over, with its service. */
    @Override
    public void close() {
        gauge.leave(meters, this);
    }

    /**
     * The loop cannot get on, however often it tries, before a person has done something: the service is not ready until it got on.
     *
     * @param why in a sentence that says what to do; shown to anybody who asks for the service's health
     */
    public void held(String why) {
        heldUpBy = why;
    }

    /** What {@link #held} said, unless it got on since. */
    public @Nullable String heldUpBy() {
        return heldUpBy;
    }

    public String part() {
        return part;
    }

    /** The loop got on, or has nothing to do. */
    public void made() {
        heldUpBy = null;
        latest.set(nanoTime.getAsLong());
    }

    /** Of several pieces of work at once, the one that is furthest behind got on so long ago. */
    public void made(Duration ago) {
        heldUpBy = null;
        latest.set(nanoTime.getAsLong() - ago.toNanos());
    }

    /** The loop does not run because nobody wants it to: it is not stalled, however long, until it gets on again. */
    public void rests() {
        heldUpBy = null;
        latest.set(null);
    }

    /** Time since {@link #made} was last called, or since the start; none while it rests. */
    public Duration stalledFor() {
        var since = latest.get();
        return since == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - since));
    }
}
