package io.campaignlauncher.graph;

import java.time.Duration;

/**
 * How much of its limits an account has used, by the headers of an answer and of the entries in it: {@code X-App-Usage}, {@code
 * X-Ad-Account-Usage}, and what {@code X-Business-Use-Case-Usage} says of {@code ads_management} of the account. What belongs to
 * another use case or to another account is left out.
 *
 * @param percent        the highest figure named, 0 to 100 and above; 0 where none was named
 * @param waitFor        how long calls are refused from now on (account reset in seconds, business use case in minutes, the
 *     longer of them); zero where calls are allowed
 * @param waitIfRefused  how long to wait where a call was refused and {@code waitFor} is zero: what a header names that lists
 *     the account under another id, such as its business's; it may be another account's, so alone it holds nothing up
 */
public record GraphUsage(double percent, Duration waitFor, Duration waitIfRefused) {

    private static final double FULL_PERCENT = 100;
    private static final double HIGH_PERCENT = 75;

    /** Nothing was said. */
    public static final GraphUsage NONE = new GraphUsage(0, Duration.ZERO);

    public GraphUsage(double percent, Duration waitFor) {
        this(percent, waitFor, Duration.ZERO);
    }

    /** Calls are refused from now on, or the next one may be. */
    public boolean full() {
        return waitFor.isPositive() || percent >= FULL_PERCENT;
    }

    /** Not much is left: whoever goes on should go on more slowly. */
    public boolean high() {
        return percent >= HIGH_PERCENT;
    }

    /** The stricter of both in everything. */
    GraphUsage and(GraphUsage other) {
        if (other == NONE) {
            return this;
        }
        return this == NONE ? other
                : new GraphUsage(Math.max(percent, other.percent), longer(waitFor, other.waitFor),
                        longer(waitIfRefused, other.waitIfRefused));
    }

    /** What a refusal because of a limit has to wait for; zero where no time was named. */
    Duration afterRefusal() {
        return waitFor.isZero() ? waitIfRefused : waitFor;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
