package io.campaignlauncher.console.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** How long ago something was, in words. */
final class Ago {

    private Ago() {}

    /** @param at as the HTTP API writes times @return empty where it is none */
    static String words(String at, Instant now) {
        try {
            return words(Duration.between(Instant.parse(at), now));
        } catch (DateTimeException e) {
            return "";
        }
    }

    private static String words(Duration age) {
        if (age.toMinutes() < 1) {
            return "just now";
        }
        if (age.toHours() < 1) {
            return Story.counted((int) age.toMinutes(), "minute") + " ago";
        }
        return age.toHours() < 48 ? Story.counted((int) age.toHours(), "hour") + " ago"
                : Story.counted((int) age.toDays(), "day") + " ago";
    }
}
