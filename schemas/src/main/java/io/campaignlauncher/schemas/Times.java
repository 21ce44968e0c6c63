package io.campaignlauncher.schemas;

import java.time.Instant;

/** Times as messages may hold them: with years of four digits, so that whoever counts with them leaves no calendar and no database. */
final class Times {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Times() {}

    /** @throws UnreadableRecord for a time outside the years 1 to 9999 */
    static Instant bounded(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new UnreadableRecord("a time outside the years 1 to 9999", null);
        }
        return time;
    }

    /** @throws UnreadableRecord as {@link #bounded} */
    static Instant ofEpochMilli(long millis) {
        return bounded(Instant.ofEpochMilli(millis));
    }
}
