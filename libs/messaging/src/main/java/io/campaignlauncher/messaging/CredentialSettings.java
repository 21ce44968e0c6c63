package io.campaignlauncher.messaging;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How access tokens are kept.
 *
 * @param key 32 random bytes in base64 that encrypt access tokens, the same for every service; must be set, but in the standalone
 *     system, which makes one and keeps it in its data folder. While it is changed several with commas between them: the first encrypts,
 *     all decrypt
 */
@ConfigurationProperties("launch.credentials")
public record CredentialSettings(@DefaultValue("") String key) {

    /** @throws IllegalStateException where none is set */
    public String requiredKey() {
        if (key.isBlank()) {
            throw new IllegalStateException(
                    "set launch.credentials.key: 32 random bytes in base64, the same for every service");
        }
        return key;
    }

    /** Says no secret. */
    @Override
    public String toString() {
        return "CredentialSettings[]";
    }
}
