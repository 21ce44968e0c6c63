package io.campaignlauncher.access.http;

import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Principal;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;

/** Takes somebody else's tokens for what they say: only their issuer knows more. */
final class ForeignHolders implements Holders {

    private final SecuritySettings settings;

    ForeignHolders(SecuritySettings settings) {
        this.settings = settings;
    }

    @Override
    public Mono<Principal> of(Jwt token) {
        return Mono.justOrEmpty(TokenClaims.foreign(token, settings));
    }

    /** Keys are given out by our own issuer alone. */
    @Override
    public Mono<Principal> of(ApiKeyText key) {
        return Mono.empty();
    }
}
