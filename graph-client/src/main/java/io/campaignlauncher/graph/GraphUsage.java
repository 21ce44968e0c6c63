package io.campaignlauncher.graph;

import java.time.Duration;

/**
 * How much of its limits an account has used, from {@code X-Ad-Account-Usage}, {@code X-Business-Use-Case-Usage} and
 * {@code X-App-Usage}.
 *
 * @param percent  the highest figure named, 0 to 100 and above; 0 where none was named
 * @param waitFor  how long calls are refused from now on (account reset in seconds, business use case in minutes, the
 *     longer of them); zero where calls are allowed
 */
public record GraphUsage(double percent, Duration waitFor) {

    /** Nothing was said. */
    public static final GraphUsage NONE = new GraphUsage(0, Duration.ZERO);
}
