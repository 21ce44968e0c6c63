package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.identity.model.ApiKeyText;
import io.campaignlauncher.identity.store.ApiKeys;
import io.campaignlauncher.identity.store.Sessions;
import io.campaignlauncher.identity.token.AccessTokens;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import reactor.core.publisher.Mono;

/**
 * Turns what a caller brings, an access token or an API key, into a {@link Principal} as the database knows it now: one that is
 * locked out, whose roles have changed or whose session has ended is nobody from the next request on.
 */
final class BearerAuthentication implements ReactiveAuthenticationManager {

    private static final Logger LOG = LoggerFactory.getLogger(BearerAuthentication.class);

    private final ReactiveJwtDecoder decoder;
    private final Sessions sessions;
    private final ApiKeys keys;

    /** Whether the token is good cannot be told now. */
    static final class Unavailable extends AuthenticationException {

        private static final long serialVersionUID = 1L;

        Unavailable(Throwable cause) {
            super("the token cannot be judged now", cause);
        }
    }

    BearerAuthentication(ReactiveJwtDecoder decoder, Sessions sessions, ApiKeys keys) {
        this.decoder = decoder;
        this.sessions = sessions;
        this.keys = keys;
    }

    @Override
    public Mono<Authentication> authenticate(Authentication brought) {
        if (!(brought instanceof BearerTokenAuthenticationToken bearer)) {
            return Mono.empty();
        }
        var text = bearer.getToken();
        var principal = text.startsWith(ApiKeyText.MARK)
                ? Answers.blocking(() -> ApiKeyText.of(text).flatMap(keys::holder))
                : decoder.decode(text).flatMap(jwt -> Answers.blocking(() -> holder(jwt)));
        return principal
                .onErrorMap(BadJwtException.class, _ -> invalid())
                .onErrorMap(error -> !(error instanceof AuthenticationException), BearerAuthentication::unavailable)
                .flatMap(Mono::justOrEmpty)
                .<Authentication>map(PrincipalToken::new)
                .switchIfEmpty(Mono.error(BearerAuthentication::invalid));
    }

    private Optional<Principal> holder(Jwt jwt) {
        try {
            var sessionId = UUID.fromString(String.valueOf(jwt.getClaimAsString(AccessTokens.SESSION)));
            return jwt.getClaim(AccessTokens.TOKEN_VERSION) instanceof Number version
                    ? sessions.holder(UUID.fromString(String.valueOf(jwt.getSubject())), sessionId, version.intValue())
                            .map(user -> new Principal(user.tenant(), user.userId().toString(), user.username(),
                                    user.roles(),
                                    new Principal.Session(sessionId)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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
