package io.campaignlauncher.verification.graph;

import io.campaignlauncher.messaging.TokenLookup;
import io.campaignlauncher.schemas.EntityRoom;
import io.campaignlauncher.accountcheck.model.AccountLimits;
import java.time.Duration;

/**
 * How the verifier works.
 *
 * @param limits             what an ad account may hold
 * @param credentialPatience how long a credential may take to arrive before it counts as unknown
 * @param pagesMax           pages of 500 items read from one edge
 * @param surplusMax         entities that a report names although no slot is free for them
 */
public record VerifierSettings(AccountLimits limits, Duration credentialPatience, int pagesMax,
        int surplusMax) {

    public static final VerifierSettings DEFAULT = new VerifierSettings(AccountLimits.REGULAR, TokenLookup.PATIENCE,
            20, EntityRoom.ENTITIES_MAX);

    public VerifierSettings {
        if (credentialPatience.isNegative()) {
            throw new IllegalArgumentException("credential patience may not be negative: " + credentialPatience);
        }
        if (pagesMax < 1) {
            throw new IllegalArgumentException("at least one page must be read: " + pagesMax);
        }
        if (surplusMax < 1) {
            throw new IllegalArgumentException("at least one entity must be named: " + surplusMax);
        }
    }
}
