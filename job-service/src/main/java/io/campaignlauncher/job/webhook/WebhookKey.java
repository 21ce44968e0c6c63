package io.campaignlauncher.job.webhook;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret of one webhook, as people see it: {@code whsec_} and the base64 of its bytes, 24 to 64 by the specification of Standard
 * Webhooks 1.0.0, "Signature scheme". It is shown once.
 */
public record WebhookKey(String text) {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;

    /** @throws IllegalArgumentException where this is no such secret; it does not show what it is */
    public WebhookKey {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a webhook's secret begins with " + PREFIX);
        }
    }

    static WebhookKey next(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new WebhookKey(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    /** What signatures are made with. */
    public byte[] bytes() {
        return Base64.getDecoder().decode(text.substring(PREFIX.length()));
    }

    /** Says no secret. */
    @Override
    public String toString() {
        return "WebhookKey[]";
    }
}
