package io.campaignlauncher.messaging;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An access token that is to be stored, with what is to be known of it: the fields are those of {@link StoredCredential}.
 *
 * @param accessToken as Facebook gave it
 */
public record NewCredential(CredentialName name, String accessToken, String owner, String storedBy,
        Set<String> adAccountIds, @Nullable Instant checkedAt, @Nullable Instant tokenExpiresAt) {

    public NewCredential {
        adAccountIds = Set.copyOf(adAccountIds);
    }

    /** One that belongs to nobody and is good for every ad account. */
    public static NewCredential ofNobody(CredentialName name, String accessToken) {
        return new NewCredential(name, accessToken, StoredCredential.NOBODY, StoredCredential.NOBODY, Set.of(), null,
                null);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "NewCredential[" + name + "]";
    }
}
