package io.campaignlauncher.standalone;

import io.campaignlauncher.access.http.IssuerHere;
import io.campaignlauncher.identity.token.AccessTokens;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/** The identity-service of the same process: others have it read access tokens. Where it does not run, whoever brings one is answered with 503. */
final class IdentityHere {

    private final GuestService guest = new GuestService("identity-service",
            "nobody can log in, and no access token can be judged.", "/api/auth/**", "/.well-known/jwks.json");
    /** Of the service that runs; another one that is started has another. */
    private volatile @Nullable Decoding decoding;

    private record Decoding(GuestService.Running running, ReactiveJwtDecoder tokens) {}

    GuestService guest() {
        return guest;
    }

    /** For a service that is to take its tokens. */
    void initializeReader(ConfigurableApplicationContext context) {
        context.getBeanFactory().registerSingleton("issuerHere", (IssuerHere) this::read);
    }

    private Mono<Jwt> read(String token) {
        var running = guest.running();
        return running == null ? Mono.error(new IllegalStateException("the identity-service does not run"))
                : tokens(running).decode(token);
    }

    private ReactiveJwtDecoder tokens(GuestService.Running running) {
        var known = decoding;
        if (known == null || known.running() != running) {
            known = new Decoding(running, running.context().getBean(AccessTokens.class).decoder());
            decoding = known;
        }
        return known.tokens();
    }
}
