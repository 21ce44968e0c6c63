package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.Holders;
import io.campaignlauncher.access.http.TokenClaims;
import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.identity.store.ApiKeys;
import io.campaignlauncher.identity.store.Sessions;
import io.campaignlauncher.identity.store.User;
import java.util.UUID;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;

/**
 * Whose a token or a key is as the database knows it now: one that is locked out, whose roles have changed or whose session has
 * ended is nobody from the next request on.
 */
final class StoredHolders implements Holders {

    private final Sessions sessions;
    private final ApiKeys keys;

    StoredHolders(Sessions sessions, ApiKeys keys) {
        this.sessions = sessions;
        this.keys = keys;
    }

    @Override
    public Mono<Principal> of(Jwt token) {
        return Mono.justOrEmpty(TokenClaims.own(token)).flatMap(claims -> Answers
                .blocking(() -> sessions.holder(claims.userId(), claims.sessionId(), claims.tokenVersion())
                        .map(user -> principal(user, claims.sessionId())))
                .flatMap(Mono::justOrEmpty));
    }

    private static Principal principal(User user, UUID sessionId) {
        return new Principal(user.tenant(), user.userId().toString(), user.username(), user.roles(),
                new Principal.Session(sessionId));
    }

    @Override
    public Mono<Principal> of(ApiKeyText key) {
        return Answers.blocking(() -> keys.holder(key)).flatMap(Mono::justOrEmpty);
    }
}
