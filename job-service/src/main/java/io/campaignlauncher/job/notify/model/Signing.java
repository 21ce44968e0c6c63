package io.campaignlauncher.job.notify.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known, right before an attempt to deliver, of the secrets that sign it. */
public sealed interface Signing {

    /**
     * It can be signed.
     *
     * @param launch    signs our own header
     * @param standard  signs the header of Standard Webhooks; null: there is none, because the address is not registered
     * @param webhookId of the registered webhook; null: the address is not registered
     */
    record With(SigningSecrets launch, @Nullable SigningSecrets standard, @Nullable UUID webhookId)
            implements
                Signing {

        /** For an address that nobody registered, with the secret for all. */
        public static With secretForAll(SigningSecrets secrets) {
            return new With(secrets, null, null);
        }
    }

    /** It cannot be signed for now. @param reason one line, without secrets */
    record NotNow(String reason) implements Signing {}

    /** It will not be signed any more. @param reason one line, without secrets */
    record NoMore(String reason) implements Signing {}
}
