package io.campaignlauncher.identity.model;

import java.time.Duration;
import java.time.Instant;

/**
 * When the key that signs makes room for the next. There are two at any time: one that signs, and one that is published already, so
 * that whoever verifies has it before the first token comes that it signed.
 */
public final class SigningRules {

    private SigningRules() {}

    public static boolean isDue(Instant signingSince, Instant now, Duration life) {
        return !now.isBefore(signingSince.plus(life));
    }
}
