package io.campaignlauncher.job.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What docs/webhooks.md shows of verifying a notification, word for word. */
final class VerifyingExample {

    private VerifyingExample() {}

    // @formatter:off
    // [example]
    static boolean isGenuine(String id, String timestamp, String signatures, byte[] body, byte[] secret, Instant now)
            throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
        var expected = ("v1=" + HexFormat.of().formatHex(mac.doFinal(body))).getBytes(UTF_8);
        var isRecent = Math.abs(now.getEpochSecond() - Long.parseLong(timestamp)) < 300;
        return isRecent && Arrays.stream(signatures.split(","))
                .anyMatch(signature -> MessageDigest.isEqual(expected, signature.getBytes(UTF_8)));
    }
    // [end of example]
    // @formatter:on
}
