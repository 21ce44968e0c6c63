package io.campaignlauncher.identity.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.access.http.HttpProblem;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

class LogInLimitsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final LogInLimits limits = new LogInLimits(
            new LimitSettings(10, 60, Duration.ofMinutes(1), Duration.ofDays(30), 1000), new TimeMeter() {

                @Override
                public long currentTimeNanos() {
                    return nanos.get();
                }

                @Override
                public boolean isWallClockBased() {
                    return false;
                }
            });

    @Test
    void a_thousand_tries_from_elsewhere_leave_the_owner_where_they_came_before() {
        limits.admit("home", "ann");
        limits.succeeded("home", "ann");
        int refused = wrongTries(1000);

        assertThat(refused).isEqualTo(990);
        for (int i = 0; i < 10; i++) {
            limits.admit("home", "ann");
        }
    }

    @Test
    void an_owner_who_comes_from_elsewhere_is_told_when_and_let_in_then() {
        wrongTries(1000);
        assertThatThrownBy(() -> limits.admit("elsewhere", "ann")).isInstanceOfSatisfying(HttpProblem.class,
                problem -> {
                    assertThat(problem.status()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
                    var headers = new HttpHeaders();
                    problem.headers(headers);
                    assertThat(headers.getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("6");
                    assertThat(headers.getFirst("RateLimit-Policy")).isEqualTo("\"name\";q=10;w=60");
                    assertThat(headers.getFirst("RateLimit")).isEqualTo("\"name\";r=0;t=6");
                });
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());

        limits.admit("elsewhere", "ann");
    }

    @Test
    void an_address_has_a_limit_of_its_own_whatever_names_it_tries() {
        for (int i = 0; i < 60; i++) {
            limits.admit("attacker", "name" + i);
        }
        assertThat(isRefused(() -> limits.admit("attacker", "one more"))).isTrue();
        assertThat(isRefused(() -> limits.admit("attacker"))).isTrue();
        limits.admit("another", "one more");
    }

    @Test
    void whoever_logs_in_again_and_again_uses_no_tries_up() {
        for (int i = 0; i < 1000; i++) {
            limits.admit("home", "ann");
            limits.succeeded("home", "ann");
        }
    }

    private int wrongTries(int tries) {
        int refused = 0;
        for (int i = 0; i < tries; i++) {
            var address = "attacker" + i % 50;
            refused += isRefused(() -> limits.admit(address, "ann")) ? 1 : 0;
        }
        return refused;
    }

    private static boolean isRefused(ThrowingCallable call) {
        try {
            call.call();
            return false;
        } catch (HttpProblem e) {
            return true;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
