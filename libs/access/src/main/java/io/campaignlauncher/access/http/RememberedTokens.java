package io.campaignlauncher.access.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.campaignlauncher.access.model.Secrets;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Remembers for a minute which tokens were found good, since most come again within it and a signature takes milliseconds to check.
 * Time is asked on each request, and so is what has ended (see {@link Holders}); a signing key that is taken away acts within that
 * minute. What is not good is judged anew each time.
 */
final class RememberedTokens implements ReactiveJwtDecoder {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final ReactiveJwtDecoder decoder;
    private final OAuth2TokenValidator<Jwt> time;
    /** By the hash of the whole text, its signature included. */
    private final Cache<ByteBuffer, Jwt> good;

    /**
     * @param decoder judges a token whole
     * @param time    judges whether it is good now
     */
    RememberedTokens(ReactiveJwtDecoder decoder, OAuth2TokenValidator<Jwt> time, Ticker ticker) {
        this.decoder = decoder;
        this.time = time;
        good = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).ticker(ticker).build();
    }

    @Override
    public Mono<Jwt> decode(String token) {
        return Mono.defer(() -> {
            var hash = ByteBuffer.wrap(Secrets.hash(token));
            var known = good.getIfPresent(hash);
            return known == null ? decoder.decode(token).doOnNext(jwt -> good.put(hash, jwt)) : stillGood(known);
        });
    }

    private Mono<Jwt> stillGood(Jwt token) {
        var result = time.validate(token);
        return result.hasErrors()
                ? Mono.error(() -> new JwtValidationException("the token's time is over", result.getErrors()))
                : Mono.just(token);
    }
}
