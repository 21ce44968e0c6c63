package io.campaignlauncher.messaging;

import java.util.Optional;
import reactor.core.publisher.Flux;

/** Access tokens by the name they were stored under, as far as the {@code credentials} topic was read. */
@FunctionalInterface
public interface AccessTokens {

    /**
     * The token, or nothing where none is stored under this name. Answers from memory.
     *
     * @throws TokensUnreadable while tokens are stored and none of them can be read with the key
     */
    Optional<String> accessToken(CredentialName name);

    /**
     * The same for work on an ad account: nothing, too, where the token may not be used for it.
     *
     * @throws TokensUnreadable as above
     */
    default Optional<String> accessToken(CredentialName name, String adAccountId) {
        return accessToken(name);
    }

    /**
     * Whether tokens can be read with the key, as it is known now and as it changes: false while some are stored and none of them can
     * be. Whoever needs tokens takes no work meanwhile. Silent before the topic was read.
     */
    default Flux<Boolean> readable() {
        return Flux.just(true);
    }
}
