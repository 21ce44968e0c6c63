package io.campaignlauncher.job.kafka;

import java.time.Duration;

/**
 * How the job service listens.
 *
 * @param pollMax    records of one poll; those of one job are decided and committed together
 * @param retryDelay before a poll is tried again when the database is away
 */
record JobListenerSettings(int pollMax, Duration retryDelay) {

    static final JobListenerSettings DEFAULTS = new JobListenerSettings(500, Duration.ofSeconds(1));
}
