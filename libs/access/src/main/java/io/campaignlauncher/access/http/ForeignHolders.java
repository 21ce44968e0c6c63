package io.campaignlauncher.access.http;

import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Principal;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;

/** Takes tokens for what they say of their holders. */
final class ClaimedHolders implements Holders {

    private final SecuritySettings settings;

    ClaimedHolders(SecuritySettings settings) {
        this.settings = settings;
    }

    @Override
    public Mono<Principal> of(Jwt token) {
        return Mono.justOrEmpty(settings.isForeign() ? TokenClaims.foreign(token, settings)
                : TokenClaims.own(token).map(TokenClaims.Own::principal));
    }

    /** Nobody has one. */
    @Override
    public Mono<Principal> of(ApiKeyText key) {
        return Mono.empty();
    }
}
