package io.campaignlauncher.messaging;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * Tries something again and again, with growing pauses, until it succeeds or its thread is to end. What failed is told in one
 * line now and then.
 */
public final class RetryLoop {

    /** Something that may fail. */
    public interface Attempt {
        void run() throws Exception;
    }

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private final String what;
    private final ThrottledWarning warning;
    private Duration pause = FIRST_PAUSE;

    /** @param what the failed work, as the beginning of a log line */
    public RetryLoop(String what, Logger log, Clock clock) {
        this.what = what;
        this.warning = new ThrottledWarning(log, clock);
    }

    public void until(BackgroundThread thread, Attempt attempt) {
        while (thread.goesOn()) {
            try {
                attempt.run();
                return;
            } catch (Exception | LinkageError e) {
                if (thread.goesOn()) {
                    warning.warn(what, e);
                    thread.pause(pause);
                    pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
                }
            }
        }
    }

    /** It works: the next failure is told at once and tried again soon. */
    public void works() {
        pause = FIRST_PAUSE;
        warning.over();
    }
}
