package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.graph.GraphResult.Success;
import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.Unanswered.Reason;
import io.campaignlauncher.sendonce.Unanswered;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import static io.campaignlauncher.graph.Answering.SETTINGS;
import static io.campaignlauncher.graph.Answering.TOKEN;
import static io.campaignlauncher.graph.Answering.error;
import static org.assertj.core.api.Assertions.assertThat;

class CircuitBreakerTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final CircuitBreaker breaker = GraphCircuitBreaker.create(clock);
    private Mono<HttpAnswer> reply = ok();
    private int sent;
    private final HttpGraph graph = new HttpGraph(_ -> {
        sent++;
        return reply;
    }, SETTINGS, breaker, null);

    private static Mono<HttpAnswer> ok() {
        return response(200, "{\"id\":\"1\"}");
    }

    private static Mono<HttpAnswer> response(int status, String body) {
        return Mono.just(new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Mono<HttpAnswer> unanswered(Reason reason) {
        return Mono.error(new Unanswered(reason, "test"));
    }

    private GraphResult call() {
        return graph.post(TOKEN, "act_1/ads", Map.of()).block().result();
    }

    private void call(int times) {
        for (var i = 0; i < times; i++) {
            call();
        }
    }

    static Stream<Mono<HttpAnswer>> outages() {
        return Stream.of(unanswered(Reason.BROKEN), unanswered(Reason.TIMED_OUT), unanswered(Reason.UNREACHABLE),
                response(400, "{\"error\":{\"code\":1}}"), response(500, "{\"error\":{\"code\":2}}"),
                response(502, "<html>"), response(200, "Service Unavailable"), Mono.error(new IllegalStateException()));
    }

    static Stream<Mono<HttpAnswer>> notOutages() {
        return Stream.of(ok(), unanswered(Reason.NOT_TRIED), response(400, "{\"error\":{\"code\":100}}"),
                response(401, "{\"error\":{\"code\":190}}"), response(400, "{\"error\":{\"code\":17}}"),
                response(400, "{\"error\":{\"code\":100,\"error_subcode\":1885252}}"), response(404, "<html>"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void opens_when_facebook_is_down_and_then_sends_nothing(Mono<HttpAnswer> outage) {
        reply = outage;
        call(GraphCircuitBreaker.WINDOW_REQUESTS_MIN);
        assertThat(breaker.getState()).isEqualTo(State.OPEN);
        sent = 0;

        var error = error(call());

        assertThat(sent).isZero();
        assertThat(error.kind()).isEqualTo(Kind.TEMPORARY);
        assertThat(error.outcomeUnknown()).isFalse();
        assertThat(error.message()).contains("circuit open");
        var batch = graph.batch(TOKEN, List.of(GraphOperation.delete("1"), GraphOperation.delete("2"))).block();
        assertThat(batch.results()).hasSize(2)
                .allSatisfy(result -> assertThat(error(result).outcomeUnknown()).isFalse());
    }

    @ParameterizedTest
    @MethodSource("notOutages")
    void stays_closed_while_facebook_answers_whatever_it_says(Mono<HttpAnswer> answer) {
        reply = answer;
        call(200);

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
        assertThat(sent).isEqualTo(200);
    }

    @Test
    void stays_closed_below_the_least_number_of_requests() {
        reply = unanswered(Reason.BROKEN);
        call(GraphCircuitBreaker.WINDOW_REQUESTS_MIN - 1);

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void stays_closed_while_less_than_half_fail() {
        for (var i = 0; i < 100; i++) {
            reply = i % 5 < 2 ? unanswered(Reason.BROKEN) : ok();
            call();
        }

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void stays_closed_where_pages_are_too_large_for_facebook() {
        reply = response(500,
                "{\"error\":{\"code\":1,\"message\":\"Please reduce the amount of data you're asking for, "
                        + "then retry your request\"}}");
        call(100);

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void closes_again_when_the_trials_succeed() {
        reply = unanswered(Reason.TIMED_OUT);
        call(GraphCircuitBreaker.WINDOW_REQUESTS_MIN);
        reply = ok();
        now = now.plus(GraphCircuitBreaker.OPEN_FOR).minusMillis(1);
        assertThat(error(call()).message()).contains("circuit open");

        now = now.plus(Duration.ofMillis(2));
        for (var i = 0; i < GraphCircuitBreaker.TRIALS; i++) {
            assertThat(call()).isInstanceOf(Success.class);
        }

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void opens_again_when_the_trials_fail() {
        reply = unanswered(Reason.TIMED_OUT);
        call(GraphCircuitBreaker.WINDOW_REQUESTS_MIN);
        now = now.plus(GraphCircuitBreaker.OPEN_FOR).plusMillis(1);
        sent = 0;
        call(GraphCircuitBreaker.TRIALS + 1);

        assertThat(sent).isEqualTo(GraphCircuitBreaker.TRIALS);
        assertThat(breaker.getState()).isEqualTo(State.OPEN);
    }

    @Test
    void a_cancelled_trial_leaves_its_place_to_another() {
        reply = unanswered(Reason.TIMED_OUT);
        call(GraphCircuitBreaker.WINDOW_REQUESTS_MIN);
        now = now.plus(GraphCircuitBreaker.OPEN_FOR).plusMillis(1);
        reply = Mono.never();
        for (var i = 0; i < GraphCircuitBreaker.TRIALS; i++) {
            StepVerifier.create(graph.get(TOKEN, "1", Map.of())).thenCancel().verify();
        }
        reply = ok();
        call(GraphCircuitBreaker.TRIALS);

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void counts_a_batch_of_which_every_operation_met_an_outage_and_no_other() {
        var two = List.of(GraphOperation.delete("1"), GraphOperation.delete("2"));
        var down = "{\"code\":500,\"body\":\"{\\\"error\\\":{\\\"code\\\":2}}\"}";
        reply = response(200, "[" + down + ",{\"code\":200,\"body\":\"{}\"}]");
        for (var i = 0; i < 100; i++) {
            graph.batch(TOKEN, two).block();
        }
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);

        reply = response(200, "[" + down + ",null]");
        for (var i = 0; i < 50; i++) {
            graph.batch(TOKEN, two).block();
        }
        assertThat(breaker.getState()).isEqualTo(State.OPEN);
    }
}
