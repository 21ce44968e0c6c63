package io.campaignlauncher.messaging;

import reactor.core.publisher.Mono;

/** Access tokens that can be stored, too. */
public interface Credentials extends AccessTokens {

    /** Stores a token for all services. Once it completes, {@link #accessToken} of this instance knows it. */
    Mono<Void> store(CredentialName name, String accessToken);
}
