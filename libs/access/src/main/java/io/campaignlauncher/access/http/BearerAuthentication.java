package io.campaignlauncher.access.http;

import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Principal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import reactor.core.publisher.Mono;

/** Turns what a caller brings, an access token or an API key, into a {@link Principal} as it is known now. */
public final class BearerAuthentication implements ReactiveAuthenticationManager {

    private static final Logger LOG = LoggerFactory.getLogger(BearerAuthentication.class);

    private final @Nullable ReactiveJwtDecoder decoder;
    private final Holders holders;

    /** Whether the token is good cannot be told now. */
    public static final class Unavailable extends AuthenticationException {

        private static final long serialVersionUID = 1L;

        Unavailable(Throwable cause) {
            super("the token cannot be judged now", cause);
        }
    }

    /** @param decoder null: no issuer is known, so no token is good */
    public BearerAuthentication(@Nullable ReactiveJwtDecoder decoder, Holders holders) {
        this.decoder = decoder;
        this.holders = holders;
    }

    @Override
    public Mono<Authentication> authenticate(Authentication brought) {
        return brought instanceof BearerTokenAuthenticationToken bearer
                ? principal(bearer.getToken()).map(PrincipalToken::new)
                // Whoever is known without a token already.
                : Mono.just(brought).filter(PrincipalToken.class::isInstance);
    }

    /** Fails with an {@link AuthenticationException}; {@link Unavailable} where it cannot be told now. */
    public Mono<Principal> principal(String token) {
        return Mono.defer(() -> holder(token))
                .onErrorMap(BadJwtException.class, _ -> invalid())
                .onErrorMap(error -> !(error instanceof AuthenticationException), BearerAuthentication::unavailable)
                .switchIfEmpty(Mono.error(BearerAuthentication::invalid));
    }

    private Mono<Principal> holder(String token) {
        if (token.startsWith(ApiKeyText.MARK)) {
            return Mono.justOrEmpty(ApiKeyText.of(token)).flatMap(holders::of);
        }
        return decoder == null ? Mono.empty() : decoder.decode(token).flatMap(holders::of);
    }

    /** Whatever went wrong here, it is not the token. */
    private static AuthenticationException unavailable(Throwable error) {
        LOG.warn("a token could not be judged: {}",
                NestedExceptionUtils.getMostSpecificCause(error).getClass().getName());
        return new Unavailable(error);
    }

    /** Says not why: whoever brings a wrong token learns nothing from it. */
    private static AuthenticationException invalid() {
        return new InvalidBearerTokenException("not good");
    }
}
