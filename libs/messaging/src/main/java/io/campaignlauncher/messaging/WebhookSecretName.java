package io.campaignlauncher.messaging;

import java.util.UUID;

/**
 * Under which name the secret of a webhook is encrypted. The name is bound into what is encrypted, so a secret that was moved to another
 * webhook or tenant, or put in the place of a newer one, does not decrypt.
 *
 * @param generation counts the secrets of the webhook from 1
 */
public record WebhookSecretName(String tenant, UUID webhookId, int generation) {

    /** No credential has such a key: theirs have one slash at most. */
    public String key() {
        return "webhook/" + webhookId + "/" + generation + "/" + tenant;
    }
}
