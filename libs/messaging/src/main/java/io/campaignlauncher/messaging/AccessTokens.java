package io.campaignlauncher.messaging;

import java.util.Optional;

/** Access tokens by the id they were stored under, as far as the {@code credentials} topic was read. */
@FunctionalInterface
public interface AccessTokens {

    /** The token, or nothing where none is stored under this id. Answers from memory. */
    Optional<String> accessToken(String credentialId);
}
