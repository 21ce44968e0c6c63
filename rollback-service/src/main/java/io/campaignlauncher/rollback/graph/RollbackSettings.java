package io.campaignlauncher.rollback.graph;

import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.messaging.TokenLookup;
import io.campaignlauncher.rollback.model.DeletionPlan;
import java.time.Duration;

/**
 * How the rollback service works.
 *
 * @param credentialPatience how long a credential may take to arrive before it counts as unknown
 * @param limitPause         how long to leave an account alone where Facebook limits it and names no time
 * @param deletionsPerSecond changes an account may see in any rolling second, from all who change something in it: Facebook
 *                           refuses more than 100 (613/5044001); 0: no limit
 * @param pagesMax           pages of 500 items read from one edge
 * @param deletionsMax       entities that a pass deletes; the rest is for the next one
 */
public record RollbackSettings(Duration credentialPatience, Duration limitPause, int deletionsPerSecond,
        int pagesMax, int deletionsMax) {

    public static final RollbackSettings DEFAULT = atPace(100);

    /** The defaults with another pace. */
    public static RollbackSettings atPace(int deletionsPerSecond) {
        return new RollbackSettings(TokenLookup.PATIENCE, Duration.ofMinutes(1), deletionsPerSecond, 20,
                DeletionPlan.DELETIONS_MAX);
    }

    public RollbackSettings {
        if (credentialPatience.isNegative()) {
            throw new IllegalArgumentException("credential patience may not be negative: " + credentialPatience);
        }
        if (limitPause.isNegative() || limitPause.isZero()) {
            throw new IllegalArgumentException("the pause after a limit must be positive: " + limitPause);
        }
        if (deletionsPerSecond != 0 && deletionsPerSecond < 2) {
            throw new IllegalArgumentException(
                    "launch.creation.mutations-per-second must be 0 (no limit) or 2 and more: " + deletionsPerSecond);
        }
        if (pagesMax < 1) {
            throw new IllegalArgumentException("at least one page must be read: " + pagesMax);
        }
        if (deletionsMax < 1) {
            throw new IllegalArgumentException("at least one entity must be deleted: " + deletionsMax);
        }
    }

    /** Deletions in one request: it falls into one second whole. */
    int batchMax() {
        return deletionsPerSecond == 0 ? GraphReads.OPERATIONS_MAX
                : Math.min(GraphReads.OPERATIONS_MAX, deletionsPerSecond);
    }
}
