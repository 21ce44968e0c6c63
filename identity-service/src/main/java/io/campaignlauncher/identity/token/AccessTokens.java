package io.campaignlauncher.identity.token;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import io.campaignlauncher.access.http.TokenClaims;
import io.campaignlauncher.access.http.TokenForm;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.identity.store.User;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Makes and reads access tokens: JWTs of type {@code at+jwt}, signed with ES256 and nothing else. Claims: {@code iss}, {@code aud},
 * {@code sub} (the user's id), {@code tenant}, {@code roles}, {@code tv} (the user's token version), {@code sid} (the session),
 * {@code jti}, {@code iat}, {@code exp}.
 */
public final class AccessTokens {

    private final KeyRing keys;
    private final String issuer;
    private final String audience;
    private final Duration life;
    private final Clock clock;

    /** @param life how long a token is good */
    public AccessTokens(KeyRing keys, String issuer, String audience, Duration life, Clock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.audience = audience;
        this.life = life;
        this.clock = clock;
    }

    /** How long a token is good. */
    public Duration life() {
        return life;
    }

    /** Makes tokens with a key that was read already, so it needs nothing that could fail. */
    public interface Maker {

        /** A token for a session. */
        String make(User user, UUID sessionId);
    }

    /** Blocks now and then, to read the keys. */
    public Maker maker() {
        var key = keys.signing();
        return (user, sessionId) -> make(key, user, sessionId);
    }

    private String make(ECKey key, User user, UUID sessionId) {
        var now = clock.instant();
        var header = JwsHeader.with(SignatureAlgorithm.ES256).type(TokenForm.TYPE).keyId(key.getKeyID()).build();
        var claims = JwtClaimsSet.builder().issuer(issuer).audience(List.of(audience)).subject(user.userId().toString())
                .id(UUID.randomUUID().toString()).issuedAt(now).expiresAt(now.plus(life))
                .claim(TokenClaims.TENANT, user.tenant()).claim(TokenClaims.ROLES, Role.words(user.roles()))
                .claim(TokenClaims.TOKEN_VERSION, user.tokenVersion()).claim(TokenClaims.SESSION, sessionId.toString())
                .build();
        return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)))
                .encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
    }

    /** Refuses every token that is not of this form, of this issuer, for this audience, and of this time. */
    public ReactiveJwtDecoder decoder() {
        return TokenForm.own(issuer, audience)
                .decoder(_ -> Flux.defer(() -> Flux.fromIterable(keys.published().getKeys()))
                        .subscribeOn(Schedulers.boundedElastic()), clock);
    }
}
