package io.campaignlauncher.standin;

import java.time.Duration;
import java.util.Map;

/**
 * What a stand-in sends back, when, and whether it arrives.
 *
 * @param contentType empty: no such header
 * @param delay       from the request to the answer, or to the end of the connection
 */
public record Reply(int status, Map<String, String> headers, String contentType, byte[] body, Duration delay,
        Fate fate) {

    private static final byte[] NOTHING = {};

    /** A status and nothing else. */
    public static Reply empty(int status, Map<String, String> headers) {
        return new Reply(status, headers, "", NOTHING, Duration.ZERO, Fate.ANSWERED);
    }

    public static Reply json(int status, byte[] body) {
        return new Reply(status, Map.of(), "application/json", body, Duration.ZERO, Fate.ANSWERED);
    }
}
