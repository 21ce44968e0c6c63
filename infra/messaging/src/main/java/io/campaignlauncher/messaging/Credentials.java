package io.campaignlauncher.messaging;

import java.util.Optional;
import reactor.core.publisher.Mono;

/** Access tokens by the id they were stored under, as far as the {@code credentials} topic was read. */
public interface Credentials {

    /** The token, or nothing where none is stored under this id. Answers from memory. */
    Optional<String> accessToken(String credentialId);

    /** Stores a token for all services. Once it completes, {@link #accessToken} of this instance knows it. */
    Mono<Void> store(String credentialId, String accessToken);
}
