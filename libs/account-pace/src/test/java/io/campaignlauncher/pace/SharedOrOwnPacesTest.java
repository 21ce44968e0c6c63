package io.campaignlauncher.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.pace.AccountPace.Reservation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

@ExtendWith(OutputCaptureExtension.class)
class SharedOrOwnPacesTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Clock clock = ((InstantSource) () -> Instant.ofEpochSecond(0, time.now(TimeUnit.NANOSECONDS)))
            .withZone(ZoneOffset.UTC);
    private final AccountPaces shared = new OwnPaces(clock, 100);
    private int failures;
    private Duration takes = Duration.ZERO;
    private final AccountPaces paces = new SharedOrOwnPaces(new Unreliable(), new OwnPaces(clock, 100), clock, time);

    @Test
    void asks_the_shared_paces() {
        shared.reserve("act_1", 100, 1, LONG).block();
        shared.pause("act_2", Duration.ofSeconds(9)).block();

        assertThat(startsIn(reserved(1))).containsExactly(AccountPace.WINDOW);
        assertThat(paces.pausedFor("act_2").block()).isEqualTo(Duration.ofSeconds(9));
        paces.pause("act_3", Duration.ofSeconds(4)).block();
        assertThat(shared.pausedFor("act_3").block()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void one_failure_is_no_reason_to_go_on_alone() {
        shared.reserve("act_1", 100, 1, LONG).block();
        failures = 1;

        assertThat(startsIn(reserved(1))).containsExactly(AccountPace.WINDOW);
    }

    @Test
    void goes_on_at_a_pace_of_its_own_while_the_shared_ones_cannot_be_reached_and_says_so_once(CapturedOutput output) {
        shared.reserve("act_1", 100, 1, LONG).block();
        failures = 1_000;

        assertThat(startsIn(reserved(100))).containsExactly(Duration.ZERO);
        assertThat(startsIn(reserved(1))).containsExactly(AccountPace.WINDOW);
        paces.pause("act_1", Duration.ofSeconds(4)).block();
        assertThat(paces.pausedFor("act_1").block()).isEqualTo(Duration.ofSeconds(4));
        assertThat(output.getAll().lines().filter(line -> line.contains("WARN"))).singleElement().asString()
                .contains("cannot be reached", "the database is away");

        failures = 0;
        assertThat(startsIn(reserved(1))).containsExactly(AccountPace.WINDOW);
        assertThat(paces.pausedFor("act_1").block()).isZero();
    }

    @Test
    void does_not_wait_for_an_answer_that_is_worth_nothing_any_more() {
        takes = Duration.ofSeconds(5);

        StepVerifier.create(paces.reserve("act_1", 1, 1, LONG))
                .then(() -> time.advanceTimeBy(AccountPace.SEND_WITHIN.multipliedBy(2)))
                .assertNext(reservation -> assertThat(startsIn(reservation)).containsExactly(Duration.ZERO))
                .verifyComplete();
    }

    private Reservation reserved(int mutations) {
        return paces.reserve("act_1", mutations, 1, LONG).block();
    }

    private static List<Duration> startsIn(Reservation reservation) {
        return reservation.grants().stream().map(AccountPace.Grant::startsIn).toList();
    }

    private final class Unreliable implements AccountPaces {

        @Override
        public Mono<Reservation> reserve(String accountId, int mutations, int whole, Duration within) {
            return answered(shared.reserve(accountId, mutations, whole, within));
        }

        @Override
        public Mono<Void> pause(String accountId, Duration wait) {
            return answered(shared.pause(accountId, wait));
        }

        @Override
        public Mono<Duration> pausedFor(String accountId) {
            return answered(shared.pausedFor(accountId));
        }

        private <T> Mono<T> answered(Mono<T> answer) {
            return Mono.defer(() -> {
                if (failures > 0) {
                    failures--;
                    return Mono.error(new IllegalStateException("the database is away"));
                }
                return takes.isZero() ? answer : Mono.delay(takes, time).then(answer);
            });
        }
    }
}
