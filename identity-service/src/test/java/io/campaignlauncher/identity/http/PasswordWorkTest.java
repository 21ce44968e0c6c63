package io.campaignlauncher.identity.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class PasswordWorkTest {

    @Test
    void only_the_right_password_of_somebody_matches() {
        try (var work = new PasswordWork(1, 10, new SimpleMeterRegistry())) {
            var hash = work.hash("tidy otter").block();

            assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
            assertThat(work.matches("tidy otter", hash).block()).isTrue();
            assertThat(work.matches("tidy otters", hash).block()).isFalse();
            assertThat(work.matches("nobody's", null).block()).as("the password of nobody").isFalse();
        }
    }

    @Test
    void a_hash_of_lower_costs_is_old() {
        try (var work = new PasswordWork(1, 1, new SimpleMeterRegistry())) {
            assertThat(work.isOld(new Argon2PasswordEncoder(16, 32, 1, 1024, 1).encode("tidy otter"))).isTrue();
            assertThat(work.isOld(work.hashNow("tidy otter"))).isFalse();
        }
    }

    @Test
    void more_than_can_wait_are_refused_at_once() {
        try (var work = new PasswordWork(1, 3, new SimpleMeterRegistry())) {
            var refused = new AtomicInteger();
            var done = Flux.range(0, 30).flatMap(_ -> work.matches("x", null)
                    .onErrorResume(Problem.class, problem -> {
                        assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
                        refused.incrementAndGet();
                        return Mono.empty();
                    }), 30).count().block();

            assertThat(done).isGreaterThanOrEqualTo(4);
            assertThat(refused.get()).isEqualTo(30 - done.intValue()).isPositive();
        }
    }
}
