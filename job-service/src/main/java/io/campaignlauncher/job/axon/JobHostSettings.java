package io.campaignlauncher.job.axon;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs are hosted.
 *
 * @param decisionsAtOnce jobs decided at the same time, 1 or more; each takes a database connection
 * @param cachedJobs      jobs kept in memory for their next decision, 1 or more; one of 400 slots takes about 100 KB
 * @param timerPoll       how often due waits are polled for that another process has set; those of its own end on time
 * @param stalledAfter    a job without an event for so long is resumed
 * @param stalledPoll     how often such jobs are polled for
 * @param keepRequests    how long rows of requests are kept, 31d or more; then they can no longer matter
 */
@ConfigurationProperties("launch")
record JobHostSettings(@DefaultValue("8") int decisionsAtOnce, @DefaultValue("1000") int cachedJobs,
        @DefaultValue("1s") Duration timerPoll,
        @DefaultValue("2m") Duration stalledAfter, @DefaultValue("10s") Duration stalledPoll,
        @DefaultValue(OldRows.KEEP_REQUESTS_DAYS + "d") Duration keepRequests) {

    JobHostSettings {
        if (decisionsAtOnce < 1) {
            throw new IllegalArgumentException("launch.decisions-at-once must be 1 or more, not " + decisionsAtOnce);
        }
        if (cachedJobs < 1) {
            throw new IllegalArgumentException("launch.cached-jobs must be 1 or more, not " + cachedJobs);
        }
        positive("timer-poll", timerPoll);
        positive("stalled-after", stalledAfter);
        positive("stalled-poll", stalledPoll);
    }

    private static void positive(String name, Duration time) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("launch." + name + " must be positive, not " + time);
        }
    }
}
