package io.campaignlauncher.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.testing.TestIssuer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import reactor.core.publisher.Mono;

/** How often a token is judged whole, and what a remembered one is still asked. */
class RememberedTokensTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofSeconds(50);

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> judged = new ArrayList<>();
    private final RememberedTokens tokens = new RememberedTokens(this::judge, time(), nanos::get);

    @Test
    void a_token_that_comes_again_is_not_judged_whole_again() {
        var first = tokens.decode("one").block();
        assertThat(tokens.decode("one").block()).isSameAs(first);
        assertThat(judged).containsExactly("one");
    }

    @Test
    void after_a_minute_it_is() {
        tokens.decode("one").block();
        pass(Duration.ofSeconds(30));
        tokens.decode("one").block();
        nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        tokens.decode("one").block();
        assertThat(judged).containsExactly("one", "one");
    }

    @Test
    void a_remembered_token_ends_with_its_time() {
        tokens.decode("one").block();
        pass(LIFE.minusSeconds(1));
        assertThat(tokens.decode("one").block()).isNotNull();
        pass(Duration.ofSeconds(2));
        assertThatThrownBy(() -> tokens.decode("one").block()).isInstanceOf(JwtValidationException.class);
        assertThat(judged).containsExactly("one");
    }

    @Test
    void what_was_not_good_is_judged_each_time() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> tokens.decode("bad").block()).isInstanceOf(BadJwtException.class);
        }
        assertThat(judged).containsExactly("bad", "bad");
    }

    @Test
    void another_signature_is_another_token() {
        try (var issuer = TestIssuer.ours()) {
            var decoder = TokenForm.own(issuer.issuer(), TestIssuer.AUDIENCE).decoder(
                    IssuerKeys.at(URI.create(issuer.keysAddress()), System::nanoTime), Clock.systemUTC());
            var token = issuer.token("admin");
            assertThat(decoder.decode(token).block()).isNotNull();
            var signature = token.lastIndexOf('.') + 1;
            var forged = token.substring(0, signature) + new StringBuilder(token.substring(signature)).reverse();
            assertThatThrownBy(() -> decoder.decode(forged).block()).isInstanceOf(BadJwtException.class);
            assertThat(decoder.decode(token).block()).isNotNull();
        }
    }

    private Mono<Jwt> judge(String token) {
        judged.add(token);
        return token.equals("bad") ? Mono.error(new BadJwtException("bad"))
                : Mono.just(Jwt.withTokenValue(token).header("alg", "none").expiresAt(START.plus(LIFE)).build());
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private JwtTimestampValidator time() {
        var time = new JwtTimestampValidator(Duration.ZERO);
        time.setClock(new Clock() {

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return START.plusNanos(nanos.get());
            }
        });
        return time;
    }
}
