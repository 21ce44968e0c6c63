package io.campaignlauncher.job.feed;

import java.time.Duration;

/**
 * How the change feed reads.
 *
 * @param slotName        PostgreSQL's replication slot: it remembers how far the feed got, and lets one reader in
 * @param publicationName what the slot is read through
 * @param pollInterval    how often the log is looked at while nothing happens
 * @param heartbeat       how often the position moves on while nothing happens
 * @param flushInterval   how often the slot is told how far the feed got; after a crash so much is published again
 * @param retryDelay      before the slot is tried again, when another instance reads it or the database is away
 */
record FeedSettings(String slotName, String publicationName, Duration pollInterval, Duration heartbeat,
        Duration flushInterval,
        Duration retryDelay) {

    static final FeedSettings DEFAULTS = new FeedSettings("job_feed", "job_feed", Duration.ofMillis(5),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(1));
}
