package io.campaignlauncher.creation.kafka;

import io.campaignlauncher.creation.model.Cause;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Trouble that lasts is told in one line when it begins and in one when it is over, not in one for each attempt. What only a person can
 * mend is an error.
 */
final class Trouble {

    private final Logger log;
    private boolean told;
    private @Nullable String obstacle;

    Trouble(Logger log) {
        this.log = log;
    }

    void warn(String what, Throwable why) {
        if (told) {
            log.debug("{}: {}", what, Cause.of(why));
        } else {
            told = true;
            log.warn("{}: {}", what, Cause.of(why));
        }
    }

    /** @param sentence says what to do; another one is told as well */
    void error(String sentence) {
        told = true;
        if (!sentence.equals(obstacle)) {
            obstacle = sentence;
            log.error("cannot take creation commands: {}", sentence);
        }
    }

    /** Nobody has to do anything about it any more. */
    void mended() {
        if (obstacle != null) {
            obstacle = null;
            log.info("nothing stands against taking creation commands any more");
        }
    }

    void over() {
        if (told) {
            told = false;
            log.info("takes creation commands again");
        }
    }
}
