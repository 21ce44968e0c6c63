package io.campaignlauncher.changefeed;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the change feed reads.
 *
 * @param slot        name of PostgreSQL's replication slot, at most 63 of a-z, 0-9 and _: it remembers how far the feed got, and lets
 *     one reader in; where it is not set, a name that no other database of the server has
 * @param followEvery how often it is measured how much log is kept for the slot, and the slot moved on if it is much
 */
@ConfigurationProperties("launch.feed")
public record FeedSettings(@DefaultValue("") String slot, @DefaultValue("5s") Duration followEvery) {

    /** How often the log is polled while nothing happens. */
    static final Duration POLL_INTERVAL = Duration.ofMillis(5);
    /** How often the feed notices that nothing happens. */
    static final Duration HEARTBEAT = Duration.ofSeconds(2);
    /** How often the slot is told how far the feed got; after a crash so much is published again. */
    static final Duration FLUSH_INTERVAL = Duration.ofMillis(500);
    /** Before the slot is tried again, when another instance reads it or the database is away. */
    static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    public FeedSettings {
        if (!slot.matches("[a-z0-9_]{0,63}")) {
            throw new IllegalArgumentException("launch.feed.slot has at most 63 of a-z, 0-9 and _, not " + slot);
        }
        if (!followEvery.isPositive()) {
            throw new IllegalArgumentException("launch.feed.follow-every must be positive");
        }
    }
}
