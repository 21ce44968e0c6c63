package io.campaignlauncher.access.http;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Flux;

/**
 * What a JWT must be like to be an access token for us, whoever it is about.
 *
 * @param issuer    its {@code iss}
 * @param audience  that its {@code aud} must name
 * @param algorithm by which it must be signed; there is never more than one
 * @param types     that its {@code typ} may be; an empty one stands for none at all
 */
public record TokenForm(String issuer, String audience, SignatureAlgorithm algorithm, List<String> types) {

    /** Of our own tokens. */
    public static final String TYPE = "at+jwt";
    /** Both clocks are of machines that are kept by the same time. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    public TokenForm {
        types = List.copyOf(types);
    }

    /** Of our identity-service: RFC 9068, signed with ES256. */
    public static TokenForm own(String issuer, String audience) {
        return new TokenForm(issuer, audience, SignatureAlgorithm.ES256, List.of(TYPE));
    }

    /** Refuses every token that is not of this form, and of this time. @param keys by which it may be signed */
    public ReactiveJwtDecoder decoder(Function<SignedJWT, Flux<JWK>> keys, Clock clock) {
        var decoder = NimbusReactiveJwtDecoder.withJwkSource(keys).jwsAlgorithm(algorithm).validateType(false).build();
        var time = new JwtTimestampValidator(SKEW);
        time.setClock(clock);
        time.setAllowEmptyExpiryClaim(false);
        var type = new JwtTypeValidator(types.stream().filter(one -> !one.isEmpty()).toList());
        type.setAllowEmpty(types.contains(""));
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<Jwt>(time, new JwtIssuerValidator(issuer),
                new JwtAudienceValidator(audience), type));
        return new RememberedTokens(decoder, time, Ticker.systemTicker());
    }
}
