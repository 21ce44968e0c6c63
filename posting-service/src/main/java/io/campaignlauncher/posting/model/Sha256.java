package io.campaignlauncher.posting.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** 64 hexadecimal digits over parts, each with its length, so that nothing can move from one into the next. */
final class Sha256 {

    private Sha256() {}

    static String of(@Nullable Object... parts) {
        var digest = digest();
        Arrays.stream(parts).map(part -> Objects.toString(part, null)).forEach(part -> {
            var bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
            digest.update(((part == null ? -1 : bytes.length) + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
