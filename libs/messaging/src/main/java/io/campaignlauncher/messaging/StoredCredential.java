package io.campaignlauncher.messaging;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an access token that is stored, but for the token.
 *
 * @param owner          the subject who alone may see, replace and remove it, beside admins; {@link #NOBODY}: it belongs to nobody
 * @param storedBy       the subject who stored this token; {@link #NOBODY}: the system, or it was not noted
 * @param adAccountIds   for which it may be used, each {@code act_} and digits; empty: for all
 * @param checkedAt      when Facebook was asked about the token and had nothing against it; null: it was not asked
 * @param tokenExpiresAt when the token expires, as Facebook said then; null: never, or it was not asked
 * @param readable       whether the key opens it
 */
public record StoredCredential(CredentialName name, String owner, String storedBy, Instant storedAt,
        Set<String> adAccountIds, @Nullable Instant checkedAt, @Nullable Instant tokenExpiresAt, boolean readable) {

    /** Of what the system stored, or somebody at a time when it was not noted who. */
    public static final String NOBODY = "";

    public StoredCredential {
        adAccountIds = Set.copyOf(adAccountIds);
    }

    /** Whether it may be used for this ad account. */
    public boolean isFor(String adAccountId) {
        return adAccountIds.isEmpty() || adAccountIds.contains(adAccountId);
    }
}
