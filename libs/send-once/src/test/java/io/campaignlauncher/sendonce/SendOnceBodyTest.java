package io.campaignlauncher.sendonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.client.reactive.MockClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

class SendOnceBodyTest {

    private static final BodyInserter.Context NO_CONTEXT = null;

    private final MockClientHttpRequest request = new MockClientHttpRequest(HttpMethod.POST,
            URI.create("http://localhost"));

    private static final OutgoingBody BODY = OutgoingBody.of("a=1".getBytes(StandardCharsets.UTF_8));

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

    private static OutgoingBody streamed(int length, String... parts) {
        var buffers = DefaultDataBufferFactory.sharedInstance;
        return new OutgoingBody(length, Flux.just(parts).map(part -> buffers.wrap(part.getBytes(
                StandardCharsets.UTF_8))));
    }

    private static SendOnceBody departure(OutgoingBody body) {
        return SendOnceBody.within(Duration.ofMinutes(1), body);
    }

    @Test
    void sends_content_that_comes_in_parts_and_tells_its_length_first() {
        StepVerifier.create(departure(streamed(5, "ab", "cde")).insert(request, NO_CONTEXT)).verifyComplete();

        assertThat(request.getHeaders().getContentLength()).isEqualTo(5);
        StepVerifier.create(request.getBodyAsString()).expectNext("abcde").verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(ints = { 4, 6 })
    void breaks_off_where_content_is_not_as_long_as_it_was_said_to_be(int length) {
        assertBreaksOff(streamed(length, "ab", "cde"));
        assertBreaksOff(new OutgoingBody(length, Mono.from(streamed(5, "abcde").content())));
        assertBreaksOff(new OutgoingBody(length, Mono.empty()));
    }

    private static void assertBreaksOff(OutgoingBody body) {
        var fresh = new MockClientHttpRequest(HttpMethod.POST, URI.create("http://localhost"));
        fresh.setWriteHandler(content -> Flux.from(content).then());
        StepVerifier.create(departure(body).insert(fresh, NO_CONTEXT)).expectError(Unanswered.class).verify();
    }

    @Test
    void passes_no_byte_on_beyond_the_length_that_was_announced() {
        StepVerifier.create(streamed(4, "ab", "cde").measured()).expectNextCount(1).expectError(Unanswered.class)
                .verify();
    }

    @Test
    void asks_for_no_content_that_is_not_sent() {
        var content = PublisherProbe.<DataBuffer>empty();
        var departure = departure(new OutgoingBody(3, content.flux()));
        departure.giveUp();

        StepVerifier.create(departure.insert(request, NO_CONTEXT)).expectError(IllegalStateException.class).verify();
        content.assertWasNotSubscribed();
    }

    private void assertTooLate(SendOnceBody departure) {
        StepVerifier.create(departure.insert(request, NO_CONTEXT)).expectError(Unanswered.class).verify();
        assertThat(departure.giveUp()).isTrue();
    }
}
