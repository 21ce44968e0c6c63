package io.campaignlauncher.graph;

import static io.campaignlauncher.graph.Answering.TOKEN;
import static io.campaignlauncher.graph.Answering.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.campaignlauncher.graph.GraphCall.Outcome;
import io.campaignlauncher.graph.GraphCall.Part;
import io.campaignlauncher.graph.GraphOperation.Method;
import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.Unanswered;
import io.campaignlauncher.sendonce.Unanswered.Reason;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

class CallWatchTest {

    private final List<GraphCall> seen = new ArrayList<>();
    private final CallWatch watch = (call, _) -> seen.add(call);

    private static GraphTransport failing(Reason reason) {
        return _ -> Mono.error(new Unanswered(reason, "told by a test"));
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments(graph(200, "{\"id\":\"1\"}"), Outcome.SENT, 200),
                arguments(graph(400, "{\"error\":{\"code\":100,\"message\":\"no\"}}"), Outcome.REFUSED, 400),
                arguments(graph(400, "{\"error\":{\"code\":17,\"message\":\"slow down\"}}"), Outcome.LIMITED, 400),
                arguments(graph(500, "{\"error\":{\"code\":1,\"message\":\"perhaps\"}}"), Outcome.UNKNOWN, 500),
                arguments(graph(502, "<html>"), Outcome.UNKNOWN, 502),
                arguments(graph(failing(Reason.TIMED_OUT)), Outcome.UNKNOWN, 0),
                arguments(graph(failing(Reason.BROKEN)), Outcome.UNKNOWN, 0),
                arguments(graph(failing(Reason.UNREACHABLE)), Outcome.NOT_SENT, 0),
                arguments(graph(failing(Reason.NOT_TRIED)), Outcome.NOT_SENT, 0));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void is_told_once_what_became_of_a_request(HttpGraph graph, Outcome outcome, int httpStatus) {
        watch.over(graph.post(TOKEN, "act_1/campaigns", Map.of("name", "Summer"))).block();

        assertThat(seen).singleElement().satisfies(call -> {
            assertThat(call.outcome()).isEqualTo(outcome);
            assertThat(call.httpStatus()).isEqualTo(httpStatus);
            assertThat(call.batch()).isFalse();
            assertThat(call.isWrite()).isTrue();
            assertThat(call.parts()).singleElement().extracting(Part::method, Part::path)
                    .containsExactly(Method.POST, "{account}/campaigns");
        });
    }

    @Test
    void is_told_of_every_entry_of_a_batch_and_the_gravest_speaks_for_all() {
        var graph = graph(200, """
                [{"code":200,"body":"{\\"id\\":\\"1\\"}"},
                 {"code":400,"body":"{\\"error\\":{\\"code\\":100,\\"message\\":\\"no\\",\\"fbtrace_id\\":\\"T1\\"}}"},
                 null]""");

        watch.over(graph.batch(TOKEN, List.of(GraphOperation.post("act_1/adsets", Map.of()).named("adset"),
                GraphOperation.post("act_1/ads", Map.of()), GraphOperation.delete("23850000000000001")))).block();

        assertThat(seen).singleElement().satisfies(call -> {
            assertThat(call.parts()).extracting(Part::path, Part::outcome).containsExactly(
                    tuple("{account}/adsets", Outcome.SENT),
                    tuple("{account}/ads", Outcome.REFUSED),
                    tuple("{id}", Outcome.UNKNOWN));
            assertThat(call.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(call.fbtraceId()).isEqualTo("T1");
        });
    }

    @Test
    void is_told_what_facebook_calls_the_request_also_where_all_is_well() {
        watch.over(graph(200, "{}", Map.of("X-FB-Trace-ID", "T2")).get(TOKEN, "act_1", Map.of())).block();

        assertThat(seen).singleElement().extracting(GraphCall::fbtraceId).isEqualTo("T2");
    }

    @Test
    void is_told_of_a_request_that_nobody_waits_for_any_more() {
        var waiting = watch.over(graph(_ -> Mono.<HttpAnswer>never()).get(TOKEN, "act_1", Map.of())).subscribe();

        waiting.dispose();

        assertThat(seen).singleElement().extracting(GraphCall::outcome).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void is_told_of_a_request_that_the_circuit_breaker_keeps() {
        var breaker = GraphCircuitBreaker.create(Clock.systemUTC());
        breaker.transitionToOpenState();

        watch.over(new HttpGraph(failing(Reason.BROKEN), Answering.SETTINGS, breaker, null).get(TOKEN, "act_1",
                Map.of())).block();

        assertThat(seen).singleElement().extracting(GraphCall::outcome).isEqualTo(Outcome.NOT_SENT);
    }

    @Test
    void what_it_throws_changes_nothing_for_the_request() {
        CallWatch broken = (_, _) -> {
            throw new IllegalStateException("no room for notes");
        };

        var answer = broken.over(graph(200, "{\"id\":\"1\"}").post(TOKEN, "act_1/ads", Map.of())).block();

        assertThat(answer.result()).isInstanceOf(GraphResult.Success.class);
    }

    @ParameterizedTest
    @CsvSource({ "act_1001/campaigns, {account}/campaigns", "23850000000000001, {id}",
        "23850000000000001/adsets?limit=5, {id}/adsets", "debug_token, debug_token",
        "{result=adset:$.id}/ads, {id}/ads", "EAAsecret/x1, {id}/{id}", "/, ''" })
    void keeps_of_an_address_what_kind_it_is(String path, String kind) {
        assertThat(GraphCall.kindOf(path)).isEqualTo(kind);
    }
}
