package io.campaignlauncher.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Warns in one line, at once the first time and then now and then, ever more seldom, with how often it was met meanwhile: an outage
 * is worth a line, not one for each attempt.
 */
public final class OccasionalWarning {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(10);

    private final Logger log;
    private final Clock clock;
    private Duration pause = FIRST_PAUSE;
    private @Nullable Instant last;
    private long untold;

    public OccasionalWarning(Logger log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    public void warn(String what, Throwable why) {
        warn(what, Reasons.of(why));
    }

    public synchronized void warn(String what, String why) {
        var now = clock.instant();
        if (last == null) {
            log.warn("{}: {}", what, why);
        } else if (!now.isBefore(last.plus(pause))) {
            log.warn("{}: {} ({} times since the last such line)", what, why, untold + 1);
            pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
        } else {
            untold++;
            log.debug("{}: {}", what, why);
            return;
        }
        last = now;
        untold = 0;
    }

    /** The outage is over; the next one is worth a line at once. */
    public synchronized void over() {
        last = null;
        pause = FIRST_PAUSE;
        untold = 0;
    }
}
