package io.campaignlauncher.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Scope;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;

class LongAnswersTest {

    private static final UUID KEY_ID = UUID.randomUUID();
    private static final Duration EVERY = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ApiKeyText key = ApiKeyText.next(new SecureRandom());
    private volatile Mono<Principal> now = Mono.just(holder(Set.of(Role.ADVERTISER)));
    private final BearerAuthentication bearers = new BearerAuthentication(null, new Holders() {

        @Override
        public Mono<Principal> of(Jwt token) {
            return Mono.empty();
        }

        @Override
        public Mono<Principal> of(ApiKeyText asked) {
            return now;
        }
    });
    private final AtomicBoolean cut = new AtomicBoolean();
    private final Mono<Void> stream = Mono.<Void>never().doOnCancel(() -> cut.set(true));

    @Test
    void an_answer_ends_when_the_key_it_was_asked_for_with_has_ended() {
        var answer = asked();
        now = Mono.empty();

        answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(cut).isTrue();
    }

    @Test
    void an_answer_ends_when_who_gets_it_has_other_roles() {
        var answer = asked();
        now = Mono.just(holder(Set.of(Role.MODERATOR)));

        answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(cut).isTrue();
    }

    @Test
    void an_answer_goes_on_while_nothing_changes_and_while_it_cannot_be_told() {
        var answer = asked();
        var asked = new CountDownLatch(3);
        now = Mono.defer(() -> {
            asked.countDown();
            return Mono.error(new IllegalStateException("Kafka was not read yet"));
        });

        assertThat(asked).satisfies(latch -> assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue());
        assertThat(answer).isNotDone();
        assertThat(cut).isFalse();
        answer.cancel(true);
    }

    private CompletableFuture<Void> asked() {
        var exchange = MockServerWebExchange.builder(MockServerHttpRequest.get("/stream")
                .header("authorization", "Bearer " + key.text()))
                .principal(new PrincipalToken(holder(Set.of(Role.ADVERTISER)))).build();
        var answer = new LongAnswers(bearers, EVERY).filter(exchange, _ -> stream).toFuture();
        return answer;
    }

    private static Principal holder(Set<Role> roles) {
        return new Principal("local", "ann", "ann", roles, new Principal.Key(KEY_ID, Set.of(Scope.JOBS_READ)));
    }
}
