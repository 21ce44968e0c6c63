package io.campaignlauncher.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Warns in one line, at once the first time and then now and then, ever more seldom, with how often it was met meanwhile, and says
 * in one line that it is over: an outage is worth a line, not one for each attempt. One that comes and goes again and again is worth no
 * more than one that stays.
 */
public final class ThrottledWarning {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(10);

    private final Logger log;
    private final Clock clock;
    private Duration pause = FIRST_PAUSE;
    private @Nullable Instant last;
    private long untold;
    /** Since when it lasts, if that was told; and what it is. */
    private @Nullable Instant since;
    private String warnedOf = "";

    public ThrottledWarning(Logger log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    public void warn(String what, Throwable why) {
        warn(what, Reasons.of(why));
    }

    public synchronized void warn(String what, String why) {
        var now = clock.instant();
        if (last != null && now.isBefore(last.plus(pause))) {
            untold++;
            log.debug("{}: {}", what, why);
            return;
        }
        if (untold == 0) {
            log.warn("{}: {}", what, why);
        } else {
            log.warn("{}: {} ({} times since the last such line)", what, why, untold + 1);
        }
        if (since != null) {
            pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
        } else {
            since = now;
        }
        warnedOf = what;
        last = now;
        untold = 0;
    }

    /** The outage is over, if there was one. */
    public synchronized void over() {
        if (since != null) {
            log.info("{}: that is over, after {} s", warnedOf, Duration.between(since, clock.instant()).toSeconds());
            since = null;
            pause = FIRST_PAUSE;
            untold = 0;
        }
    }
}
