package io.campaignlauncher.sendonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.client.reactive.MockClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import reactor.test.StepVerifier;

class SendOnceBodyTest {

    private static final BodyInserter.Context NO_CONTEXT = null;

    private final MockClientHttpRequest request = new MockClientHttpRequest(HttpMethod.POST,
            URI.create("http://localhost"));

    private static final byte[] BODY = "a=1".getBytes(StandardCharsets.UTF_8);

    private static SendOnceBody departure(Duration left) {
        return SendOnceBody.within(left, BODY);
    }

    @Test
    void lets_a_request_leave_once() {
        var departure = departure(Duration.ofMinutes(1));

        StepVerifier.create(departure.insert(request, NO_CONTEXT)).verifyComplete();
        StepVerifier.create(request.getBodyAsString()).expectNext("a=1").verifyComplete();
        StepVerifier.create(departure.insert(request, NO_CONTEXT)).expectError(IllegalStateException.class).verify();
        assertThat(departure.giveUp()).isFalse();
    }

    @Test
    void lets_nothing_leave_after_it_was_given_up() {
        var departure = departure(Duration.ofMinutes(1));
        assertThat(departure.giveUp()).isTrue();

        StepVerifier.create(departure.insert(request, NO_CONTEXT)).expectError(IllegalStateException.class).verify();
        assertThat(departure.giveUp()).isTrue();
    }

    @Test
    void lets_nothing_leave_after_its_time() {
        assertTooLate(departure(Duration.ofNanos(-1)));
    }

    @Test
    void lets_nothing_leave_from_a_machine_that_was_suspended_although_its_monotonic_clock_stood_still() {
        assertTooLate(new SendOnceBody(BODY, System.nanoTime() + TimeUnit.MINUTES.toNanos(1),
                System.currentTimeMillis() - 1));
    }

    @Test
    void lets_nothing_leave_after_its_time_although_the_calendar_clock_was_set_back() {
        assertTooLate(new SendOnceBody(BODY, System.nanoTime() - 1,
                System.currentTimeMillis() + TimeUnit.MINUTES.toMillis(1)));
    }

    private void assertTooLate(SendOnceBody departure) {
        StepVerifier.create(departure.insert(request, NO_CONTEXT)).expectError(Unanswered.class).verify();
        assertThat(departure.giveUp()).isTrue();
    }
}
