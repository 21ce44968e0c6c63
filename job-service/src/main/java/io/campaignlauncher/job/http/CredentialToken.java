package io.campaignlauncher.job.http;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.job.model.CredentialRules;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.TokensUnreadable;
import java.util.List;
import java.util.Optional;

/** The token that a request names, for work on an ad account. */
final class CredentialToken {

    private CredentialToken() {}

    /**
     * @param found where is noted what keeps it from being used
     * @return empty where something does
     * @throws Problem 503: the operator is told why; the caller may send the request again
     */
    static Optional<AccessToken> of(CredentialName name, String adAccountId, AccessTokens credentials,
            List<Violation> found) {
        try {
            if (credentials.accessToken(name).isEmpty()) {
                found.add(new Violation("credentialId", "no credential is stored under this id"));
                return Optional.empty();
            }
            var token = credentials.accessToken(name, adAccountId);
            if (token.isEmpty()) {
                found.add(CredentialRules.NOT_FOR_AD_ACCOUNT);
            }
            return token.map(text -> new AccessToken(text).on(adAccountId));
        } catch (TokensUnreadable e) {
            throw Problem.unavailable("Credentials cannot be read just now; send the request again.");
        }
    }
}
