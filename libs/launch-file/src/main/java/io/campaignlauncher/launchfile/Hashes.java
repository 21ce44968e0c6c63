package io.campaignlauncher.launchfile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hex. */
final class Hashes {

    private static final int NAME_CHARACTERS = 32;

    private Hashes() {}

    static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Names may have characters that keys may not. */
    static String idempotencyKey(String sha256, String campaignName) {
        return "file:" + sha256 + ":"
                + of(campaignName.getBytes(StandardCharsets.UTF_8)).substring(0, NAME_CHARACTERS);
    }
}
