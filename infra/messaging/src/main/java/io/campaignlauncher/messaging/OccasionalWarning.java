package io.campaignlauncher.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Warns in one line, at once the first time and then now and then: an outage is worth a line, not one for each attempt. */
public final class OccasionalWarning {

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Logger log;
    private final Clock clock;
    private @Nullable Instant last;

    public OccasionalWarning(Logger log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    public synchronized void warn(String what, Throwable why) {
        var now = clock.instant();
        if (last == null || !now.isBefore(last.plus(PAUSE))) {
            last = now;
            log.warn("{}: {}", what, Reasons.of(why));
        } else {
            log.debug("{}: {}", what, Reasons.of(why));
        }
    }

    /** The outage is over; the next one is worth a line at once. */
    public synchronized void over() {
        last = null;
    }
}
