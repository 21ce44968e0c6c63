package io.campaignlauncher.graph;

import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.Unanswered.Reason;
import io.campaignlauncher.sendonce.Unanswered;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import static io.campaignlauncher.graph.Answering.SETTINGS;
import static io.campaignlauncher.graph.Answering.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

class MetersTest {

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final CircuitBreaker breaker = GraphCircuitBreaker.create(Clock.systemUTC());
    private Mono<HttpAnswer> reply = Mono.empty();
    private final HttpGraph graph = new HttpGraph(_ -> reply.doOnSubscribe(_ -> clock.add(Duration.ofMillis(30))),
            SETTINGS,
            breaker, registry);

    private void replies(int status, String body) {
        reply = Mono.just(new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    private long count(String operation, String outcome) {
        return registry.get("graph.requests").tag("operation", operation).tag("outcome", outcome).timer().count();
    }

    @Test
    void times_each_request_by_operation_and_outcome() {
        replies(200, "{\"id\":\"1\"}");
        graph.get(TOKEN, "act_1", Map.of()).block();
        replies(200, "[{\"code\":200,\"body\":\"{}\"},null]");
        graph.batch(TOKEN, List.of(GraphOperation.delete("1"), GraphOperation.delete("2"))).block();
        replies(400, "{\"error\":{\"code\":17}}");
        graph.post(TOKEN, "x", Map.of()).block();
        graph.batch(TOKEN, List.of(GraphOperation.delete("1"), GraphOperation.delete("2"))).block();
        replies(400, "{\"error\":{\"code\":100}}");
        graph.post(TOKEN, "x", Map.of()).block();
        reply = Mono.error(new Unanswered(Reason.TIMED_OUT, "late"));
        graph.post(TOKEN, "x", Map.of()).block();
        reply = Mono.error(new Unanswered(Reason.BROKEN, "broken"));
        graph.post(TOKEN, "x", Map.of()).block();
        reply = Mono.error(new Unanswered(Reason.NOT_TRIED, "crowded"));
        graph.post(TOKEN, "x", Map.of()).block();
        reply = Mono.never();
        StepVerifier.create(graph.post(TOKEN, "x", Map.of())).thenCancel().verify();
        breaker.transitionToOpenState();
        graph.post(TOKEN, "x", Map.of()).block();

        assertThat(count("get", "success")).isOne();
        assertThat(count("batch", "success")).isOne();
        assertThat(count("batch", "rate_limit")).isOne();
        for (var outcome : List.of("rate_limit", "permanent", "timed_out", "temporary", "not_sent", "cancelled",
                "circuit_open")) {
            assertThat(count("post", outcome)).as(outcome).isOne();
        }
        assertThat(registry.get("graph.requests").tag("operation", "get").tag("outcome", "success").timer()
                .totalTime(TimeUnit.MILLISECONDS)).isEqualTo(30);
        assertThat(registry.get("graph.requests.sent").counter().count()).isEqualTo(8);
    }

    @Test
    void tags_hold_neither_paths_nor_ids_nor_tokens() {
        replies(200, "{}");
        graph.get(TOKEN, "act_4711/campaigns", Map.of()).block();

        assertThat(registry.getMeters()).isNotEmpty().allSatisfy(meter -> assertThat(meter.getId().toString())
                .doesNotContain("4711", TOKEN.value(), "campaigns"));
    }
}
