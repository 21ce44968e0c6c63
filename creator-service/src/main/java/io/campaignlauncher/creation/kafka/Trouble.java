package io.campaignlauncher.creation.kafka;

import io.campaignlauncher.creation.model.Cause;
import org.slf4j.Logger;

/** Trouble that lasts is told in one line when it begins and in one when it is over, not in one for each attempt. */
final class Trouble {

    private final Logger log;
    private boolean told;

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

    void over() {
        if (told) {
            told = false;
            log.info("takes creation commands again");
        }
    }
}
