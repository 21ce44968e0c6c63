package io.campaignlauncher.schemas;

import java.util.UUID;

/**
 * The idempotency keys of launches that the marketplace asks for: made from the target, so that it has one job however often it is asked
 * for. Nobody else may use such a key, or somebody could take the target's place before it.
 */
public final class TargetKeys {

    private static final String PREFIX = "market-target:";
    /** What is to be said of a request whose key is reserved, after the name of the field. */
    public static final String RESERVED = "begins as only keys of the marketplace do, with " + PREFIX;

    private TargetKeys() {}

    public static String of(UUID targetId) {
        return PREFIX + targetId;
    }

    public static boolean isReserved(String idempotencyKey) {
        return idempotencyKey.startsWith(PREFIX);
    }
}
