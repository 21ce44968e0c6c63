package io.campaignlauncher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.client.reactive.MockClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import reactor.test.StepVerifier;

class DepartureTest {

    private static final BodyInserter.Context NO_CONTEXT = null;

    private final MockClientHttpRequest request = new MockClientHttpRequest(HttpMethod.POST,
            URI.create("http://localhost"));

    private static Departure departure(long nanosLeft) {
        return new Departure("a=1".getBytes(StandardCharsets.UTF_8), System.nanoTime() + nanosLeft);
    }

    @Test
    void lets_a_request_leave_once() {
        var departure = departure(TimeUnit.MINUTES.toNanos(1));

        StepVerifier.create(departure.insert(request, NO_CONTEXT)).verifyComplete();
        StepVerifier.create(request.getBodyAsString()).expectNext("a=1").verifyComplete();
        StepVerifier.create(departure.insert(request, NO_CONTEXT)).expectError(IllegalStateException.class).verify();
        assertThat(departure.giveUp()).isFalse();
    }

    @Test
    void lets_nothing_leave_after_it_was_given_up() {
        var departure = departure(TimeUnit.MINUTES.toNanos(1));
        assertThat(departure.giveUp()).isTrue();

        StepVerifier.create(departure.insert(request, NO_CONTEXT)).expectError(IllegalStateException.class).verify();
        assertThat(departure.giveUp()).isTrue();
    }

    @Test
    void lets_nothing_leave_after_its_time() {
        var departure = departure(-1);

        StepVerifier.create(departure.insert(request, NO_CONTEXT)).expectError(GraphUnanswered.class).verify();
        assertThat(departure.giveUp()).isTrue();
    }
}
