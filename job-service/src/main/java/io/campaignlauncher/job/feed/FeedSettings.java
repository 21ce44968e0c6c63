package io.campaignlauncher.job.feed;

import java.time.Duration;

/**
 * How the change feed reads.
 *
 * @param slotName        PostgreSQL's replication slot: it remembers how far the feed got, and lets one reader in; empty: named by
 *     {@link ReplicationSlot}, so that no other database of the server has the same
 * @param publicationName what the slot is read through
 * @param pollInterval    how often the log is looked at while nothing happens
 * @param heartbeat       how often the feed notices that nothing happens
 * @param flushInterval   how often the slot is told how far the feed got; after a crash so much is published again
 * @param retryDelay      before the slot is tried again, when another instance reads it or the database is away
 * @param followEvery     how often it is measured how much log is kept for the slot, and the slot moved on if it is much
 */
record FeedSettings(String slotName, String publicationName, Duration pollInterval, Duration heartbeat,
        Duration flushInterval, Duration retryDelay, Duration followEvery) {

    FeedSettings {
        if (!slotName.matches("[a-z0-9_]{0,63}")) {
            throw new IllegalArgumentException(
                    "launch.feed.slot has at most 63 of a-z, 0-9 and _, not " + slotName);
        }
        if (!followEvery.isPositive()) {
            throw new IllegalArgumentException("launch.feed.follow-every must be positive");
        }
    }

    static FeedSettings of(String slotName, Duration followEvery) {
        return new FeedSettings(slotName, "job_feed", Duration.ofMillis(5), Duration.ofSeconds(2),
                Duration.ofMillis(500), Duration.ofSeconds(1), followEvery);
    }
}
