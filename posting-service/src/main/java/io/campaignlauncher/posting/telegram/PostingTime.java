package io.campaignlauncher.posting.telegram;

import io.campaignlauncher.pace.Lease;
import io.campaignlauncher.pace.PaceTime;
import java.time.Clock;
import java.time.Duration;

/**
 * Time as a worker knows it. What is stored has the store's own.
 *
 * @param clock the calendar
 * @param pace  the monotonic clock, and the scheduler of every delay
 */
public record PostingTime(Clock clock, PaceTime pace) {

    /** The machine's own. */
    public static PostingTime system() {
        return new PostingTime(Clock.systemUTC(), PaceTime.system());
    }

    Lease lease(Duration length) {
        return Lease.begun(pace.nanos(), clock.instant(), length);
    }

    boolean over(Lease lease) {
        return lease.over(pace.nanos(), clock.instant());
    }

    Duration left(Lease lease) {
        return lease.left(pace.nanos(), clock.instant());
    }
}
