package io.campaignlauncher.job.axon;

import java.time.Duration;

/**
 * How jobs are hosted.
 *
 * @param decisionsAtOnce  jobs decided at the same time; each takes a database connection
 * @param timerPoll        how often due waits are looked for that another process has set; those of its own end on time
 * @param stalledAfter     a job without an event for so long is taken up again
 * @param stalledPoll      how often such jobs are looked for
 */
record JobHostSettings(int decisionsAtOnce, Duration timerPoll, Duration stalledAfter, Duration stalledPoll) {

    JobHostSettings {
        if (decisionsAtOnce < 1) {
            throw new IllegalArgumentException("at least one decision at once, got " + decisionsAtOnce);
        }
    }
}
