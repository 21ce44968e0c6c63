package io.campaignlauncher.rollback.graph;

import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.TokenLookup;
import java.time.Duration;

/**
 * How the rollback service works.
 *
 * @param credentialPatience how long a credential may take to arrive before it counts as unknown
 * @param limitPause         how long to leave an account alone where Facebook limits it and names no time
 * @param deletionsPerSecond how many entities of one job to delete in a second: Facebook refuses more than 100 changes a
 *                           second to an account (613/5044001), whoever makes them
 * @param pagesMax           pages of 500 items read from one edge
 */
public record RollbackSettings(Duration credentialPatience, Duration limitPause, int deletionsPerSecond,
        int pagesMax) {

    public static final RollbackSettings DEFAULT = new RollbackSettings(TokenLookup.PATIENCE, Duration.ofMinutes(1),
            100, 20);

    public RollbackSettings {
        if (credentialPatience.isNegative()) {
            throw new IllegalArgumentException("credential patience may not be negative: " + credentialPatience);
        }
        if (limitPause.isNegative() || limitPause.isZero()) {
            throw new IllegalArgumentException("the pause after a limit must be positive: " + limitPause);
        }
        if (deletionsPerSecond < GraphReads.OPERATIONS_MAX) {
            throw new IllegalArgumentException("a second must have room for a batch of " + GraphReads.OPERATIONS_MAX
                    + " deletions: " + deletionsPerSecond);
        }
        if (pagesMax < 1) {
            throw new IllegalArgumentException("at least one page must be read: " + pagesMax);
        }
    }
}
