package io.campaignlauncher.simulator.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The {@code ETag} of what was read: equal bodies have equal tags, so who sends one back is told 304 instead of the body. */
public final class EntityTag {

    private EntityTag() {}

    public static String of(byte[] body) {
        return "\"" + digest("SHA-1", body) + "\"";
    }

    /** Whether the value of an {@code If-None-Match} names this tag. */
    public static boolean isIn(String ifNoneMatch, String tag) {
        return ifNoneMatch.trim().equals("*") || ifNoneMatch.contains(tag);
    }

    static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " belongs to every JDK", e);
        }
    }
}
