package io.campaignlauncher.eventstore;

import java.util.UUID;

/**
 * Ids for new events that grow with time (UUID version 7, RFC 9562), so that events which are stored together have their ids on the same
 * pages of the index. Ids by chance would each read another page of an index that does not fit into memory, and put that page into the
 * write-ahead log.
 */
public final class EventIds {

    private static final long BY_CHANCE = 0xFFFL;
    private static final long VERSION = 7L << 12;
    private static final int MILLIS_FROM_BIT = 16;

    private EventIds() {}

    public static UUID next() {
        return at(System.currentTimeMillis(), UUID.randomUUID());
    }

    /** @param other by chance; its variant is that of all UUIDs of the RFC */
    static UUID at(long millis, UUID other) {
        return new UUID(millis << MILLIS_FROM_BIT | VERSION | other.getMostSignificantBits() & BY_CHANCE,
                other.getLeastSignificantBits());
    }
}
