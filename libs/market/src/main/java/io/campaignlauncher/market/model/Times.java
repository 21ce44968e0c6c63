package io.campaignlauncher.market.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as exact as messages have them, so that what is decided, what is stored and what is published are the same. */
final class Times {

    private Times() {}

    static Instant millis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
