package io.campaignlauncher.pace;

import java.time.Duration;
import java.time.Instant;

/**
 * Until when a worker may send what it holds a claim for. Both clocks have a say: the monotonic one cannot be set back, the
 * other one does not stand still while the machine is suspended.
 *
 * @param untilNanos by the monotonic clock
 * @param until      by the calendar clock
 */
public record Lease(long untilNanos, Instant until) {

    /**
     * Kept free at the end of the lease: a request that is sent at the last moment and given up after its full time
     * still ends before lease and request time-out are over.
     */
    public static final Duration MARGIN = Duration.ofMillis(500);

    /**
     * @param askedAtNanos read before the claim was sent, so that this lease never ends later than the one that the
     *     database counts from the claim
     */
    public static Lease begun(long askedAtNanos, Instant askedAt, Duration lease) {
        var usable = lease.minus(MARGIN);
        return new Lease(askedAtNanos + usable.toNanos(), askedAt.plus(usable));
    }

    public Lease plus(Duration longer) {
        return new Lease(untilNanos + longer.toNanos(), until.plus(longer));
    }

    public boolean over(long nowNanos, Instant now) {
        return nowNanos - untilNanos >= 0 || !now.isBefore(until);
    }

    /** What is left of it; never negative. */
    public Duration left(long nowNanos, Instant now) {
        var left = Duration.ofNanos(untilNanos - nowNanos);
        var byCalendar = Duration.between(now, until);
        var less = left.compareTo(byCalendar) < 0 ? left : byCalendar;
        return less.isNegative() ? Duration.ZERO : less;
    }
}
