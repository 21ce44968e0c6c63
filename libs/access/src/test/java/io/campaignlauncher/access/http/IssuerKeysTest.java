package io.campaignlauncher.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import io.campaignlauncher.testing.TestIssuer;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.HttpServer;

/** The public keys of an issuer over HTTP: one that is away, slow, changed, or not what it says. */
class IssuerKeysTest {

    private final TestIssuer issuer = TestIssuer.ours();
    private final AtomicLong nanos = new AtomicLong();
    private final IssuerKeys keys = IssuerKeys.at(URI.create(issuer.keysAddress()), nanos::get);

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void are_an_error_and_not_none_while_nothing_is_known() {
        issuer.isAway(true);
        assertThatThrownBy(this::ids).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(this::ids).isInstanceOf(IllegalStateException.class);
        assertThat(issuer.asked()).as("not asked again within a moment").isEqualTo(1);

        issuer.isAway(false);
        later(Duration.ofSeconds(6));
        assertThat(ids()).containsExactly(issuer.key().getKeyID());
    }

    @Test
    void stay_good_while_the_issuer_is_away() {
        var before = ids();
        issuer.isAway(true);
        later(Duration.ofHours(10));

        assertThat(ids()).isEqualTo(before);
        await().until(() -> issuer.asked() == 2);
        assertThat(ids()).isEqualTo(before);
    }

    @Test
    void are_asked_for_again_at_once_for_a_key_that_is_not_among_them() {
        ids();
        issuer.changesKey();
        later(Duration.ofSeconds(6));

        assertThat(ids()).containsExactly(issuer.key().getKeyID());
    }

    @Test
    void are_not_asked_for_at_every_token_with_a_key_that_nobody_has() throws ParseException {
        ids();
        var strange = token();
        issuer.changesKey();
        var unknown = token();
        for (int i = 0; i < 100; i++) {
            keys.apply(unknown).collectList().block();
        }

        assertThat(issuer.asked()).isEqualTo(1);
        assertThat(keys.apply(strange).collectList().block()).hasSize(1);
    }

    @Test
    void cannot_be_told_where_the_issuer_is_away_and_a_token_comes_with_a_new_key() throws ParseException {
        ids();
        issuer.changesKey();
        var unknown = token();
        issuer.isAway(true);
        later(Duration.ofSeconds(6));

        assertThatThrownBy(() -> keys.apply(unknown).collectList().block()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void that_are_gone_are_forgotten_within_minutes() throws ParseException {
        var old = token();
        ids();
        issuer.changesKey();
        later(Duration.ofMinutes(6));
        keys.apply(old).collectList().block();

        await().untilAsserted(() -> assertThat(ids()).containsExactly(issuer.key().getKeyID()));
    }

    @Test
    void are_asked_for_once_by_many_at_once() throws ParseException {
        var token = token();
        Flux.range(0, 50).flatMap(_ -> keys.apply(token), 50).collectList().block();

        assertThat(issuer.asked()).isEqualTo(1);
    }

    @Test
    void are_found_by_discovery_where_the_description_names_its_issuer() throws ParseException {
        try (var foreign = TestIssuer.foreign()) {
            var found = IssuerKeys.of(foreign.issuer(), nanos::get);
            var token = SignedJWT.parse(foreign.token());
            assertThat(found.apply(token).collectList().block()).hasSize(1).noneMatch(key -> key.isPrivate());

            var liar = IssuerKeys.of(foreign.issuer().replace("127.0.0.1", "localhost"), nanos::get);
            assertThatThrownBy(() -> liar.apply(token).collectList().block())
                    .rootCause().hasMessageContaining("another issuer");
        }
    }

    @Test
    void are_not_looked_for_where_a_redirect_leads() throws ParseException {
        var elsewhere = HttpServer.create().host("127.0.0.1").port(0)
                .handle((_, answer) -> answer.sendRedirect(issuer.keysAddress())).bindNow();
        try {
            var led = IssuerKeys.at(URI.create("http://127.0.0.1:" + elsewhere.port() + "/keys"), nanos::get);
            var token = token();
            assertThatThrownBy(() -> led.apply(token).collectList().block()).rootCause()
                    .hasMessageContaining("answered 302");
            assertThat(issuer.asked()).isZero();
        } finally {
            elsewhere.disposeNow();
        }
    }

    private List<String> ids() {
        try {
            return keys.apply(token()).map(key -> key.getKeyID()).collectList().block();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private SignedJWT token() throws ParseException {
        return SignedJWT.parse(issuer.token());
    }

    private void later(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
