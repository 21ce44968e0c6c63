package io.campaignlauncher.job.notify.model;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What notifications are signed with. Receivers know one of the secrets: with two, each can change to the new one in its own
 * time. Never shows a secret, in errors neither.
 */
public final class SigningSecrets {

    static final int BYTES_MIN = 32;
    private static final int SECRETS_MAX = 5;
    private static final String HMAC = "HmacSHA256";

    private final List<byte[]> secrets;

    private SigningSecrets(List<byte[]> secrets) {
        this.secrets = secrets;
    }

    /**
     * @param setting secrets in base64, separated by commas; blank for none
     * @throws IllegalArgumentException when one of them is not the base64 of enough bytes
     */
    public static SigningSecrets of(String setting) {
        var secrets = new ArrayList<byte[]>();
        if (!setting.isBlank()) {
            for (var base64 : setting.split(",", -1)) {
                secrets.add(decoded(base64.strip()));
            }
        }
        if (secrets.size() > SECRETS_MAX) {
            throw new IllegalArgumentException("launch.webhook.secret may hold at most " + SECRETS_MAX + " secrets");
        }
        return new SigningSecrets(secrets);
    }

    /** @param secrets bytes of each, one or more */
    public static SigningSecrets ofBytes(List<byte[]> secrets) {
        return new SigningSecrets(List.copyOf(secrets));
    }

    /** Without any, nothing can be signed. */
    public boolean present() {
        return !secrets.isEmpty();
    }

    /** {@code v1=} and the hexadecimal HMAC-SHA256 over {@code id.timestamp.body}, for each secret, separated by commas. */
    public String signature(UUID id, Instant timestamp, String body) {
        var signed = signed(id, timestamp, body);
        return secrets.stream().map(secret -> "v1=" + HexFormat.of().formatHex(hmac(secret, signed)))
                .collect(Collectors.joining(","));
    }

    /**
     * The same as Standard Webhooks 1.0.0 writes it ("Webhook headers"): {@code v1,} and the base64 of the same HMAC, for each secret,
     * separated by spaces.
     */
    public String standardSignature(UUID id, Instant timestamp, String body) {
        var signed = signed(id, timestamp, body);
        return secrets.stream().map(secret -> "v1," + Base64.getEncoder().encodeToString(hmac(secret, signed)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] signed(UUID id, Instant timestamp, String body) {
        return (id + "." + timestamp.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] secret, byte[] signed) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal(signed);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("this Java has no " + HMAC, e);
        }
    }

    private static byte[] decoded(String base64) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            // Without the cause: its message shows characters of the secret.
            throw new IllegalArgumentException("launch.webhook.secret is not base64");
        }
        if (secret.length < BYTES_MIN) {
            throw new IllegalArgumentException("launch.webhook.secret must be at least " + BYTES_MIN
                    + " bytes in base64, not " + secret.length);
        }
        return secret;
    }
}
