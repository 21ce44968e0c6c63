package io.campaignlauncher.changefeed;

import io.campaignlauncher.eventstore.EventStoreSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What a feed reads.
 *
 * @param store where the events are
 * @param name  of the publication that they are read through, and the usual one of the replication slot; no two stores of a
 *     database have the same first eight letters
 */
public record FeedSource(EventStoreSchema store, String name) {

    private static final Pattern PLAIN = Pattern.compile("[a-z_]{8,40}");

    /** Of launches. */
    public static final FeedSource LAUNCHES = new FeedSource(EventStoreSchema.LAUNCHES, "job_feed");
    /** Of the marketplace. */
    public static final FeedSource MARKETPLACE = new FeedSource(EventStoreSchema.MARKETPLACE, "market_feed");

    public FeedSource {
        if (!PLAIN.matcher(name).matches()) {
            throw new IllegalArgumentException("a feed is called by 8 to 40 of a-z and _, not " + name);
        }
    }

    /** Locks are numbered within a database; any number will do that no other feed has. */
    long lock() {
        return ByteBuffer.wrap(Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), Long.BYTES)).getLong();
    }
}
