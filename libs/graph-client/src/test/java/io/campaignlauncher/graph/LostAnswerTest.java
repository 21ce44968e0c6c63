package io.campaignlauncher.graph;

import static io.campaignlauncher.graph.Answering.TOKEN;
import static io.campaignlauncher.graph.Answering.error;
import static io.campaignlauncher.graph.Answering.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.graph.GraphResult.Success;
import io.campaignlauncher.graph.GraphServer.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is known when no answer came: sent at most once, and never called unsent when it may have left. */
class LostAnswerTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Reply OK = Reply.json(200, "{\"id\":\"1\"}");

    private final GraphServer server = new GraphServer();

    @AfterEach
    void close() {
        server.close();
    }

    private static Mono<GraphAnswer> create(Graph graph) {
        return graph.post(TOKEN, "act_1/campaigns", Map.of("name", "n"));
    }

    private static void isUnknown(GraphError error) {
        assertThat(error.kind()).isEqualTo(Kind.TEMPORARY);
        assertThat(error.outcomeUnknown()).isTrue();
        assertThat(error.httpStatus()).isZero();
    }

    private static void isUnsent(GraphError error) {
        assertThat(error.kind()).isEqualTo(Kind.TEMPORARY);
        assertThat(error.outcomeUnknown()).isFalse();
        assertThat(error.httpStatus()).isZero();
    }

    @Test
    void sends_a_write_once_and_calls_its_outcome_unknown_when_the_answer_is_late() {
        server.replies(Reply.silence());
        try (var graph = HttpGraph.over(server.settings(SHORT), null)) {
            var error = error(create(graph));

            isUnknown(error);
            assertThat(error.message()).contains("400 ms");
            assertThat(error(graph.get(TOKEN, "1", Map.of())).outcomeUnknown()).isFalse();
            assertThat(server.seen).extracting(GraphServer.ReceivedRequest::method).containsExactly("POST", "GET");
        }
    }

    @Test
    void gives_a_request_up_after_the_time_that_its_caller_asks_for_whatever_the_client_is_set_to() {
        server.replies(Reply.silence());
        try (var graph = HttpGraph.over(server.settings(Duration.ofMinutes(5)), null)) {
            var error = error(create(graph.within(SHORT)));

            isUnknown(error);
            assertThat(error.message()).contains("400 ms");
        }
    }

    @Test
    void limits_the_time_of_the_whole_answer_not_only_of_its_first_byte() {
        server.replies(response -> response.status(200).chunkedTransfer(true)
                .sendString(Flux.interval(Duration.ofMillis(50)).map(_ -> " ")));
        try (var graph = HttpGraph.over(server.settings(SHORT), null)) {
            isUnknown(error(create(graph)));
        }
    }

    static List<Reply> waysToBreak() {
        return List.of(Reply.hangUp(), Reply.reset());
    }

    @ParameterizedTest
    @MethodSource("waysToBreak")
    void sends_a_write_once_and_calls_its_outcome_unknown_when_a_fresh_connection_breaks(Reply breaking) {
        server.replies(breaking, OK);
        try (var graph = HttpGraph.over(server.settings(), null)) {
            isUnknown(error(create(graph)));
            assertThat(server.seen).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("waysToBreak")
    void sends_a_write_once_and_calls_its_outcome_unknown_when_a_pooled_connection_breaks(Reply breaking) {
        server.replies(OK, breaking, OK);
        try (var graph = HttpGraph.over(server.settings(), null)) {
            assertThat(create(graph).block().result()).isInstanceOf(Success.class);

            isUnknown(error(create(graph)));

            assertThat(server.seen).hasSize(2);
            assertThat(create(graph).block().result()).isInstanceOf(Success.class);
        }
    }

    @Test
    void gives_every_write_of_a_batch_without_answer_an_unknown_outcome() {
        server.replies(Reply.hangUp(), OK);
        try (var graph = HttpGraph.over(server.settings(), null)) {
            var answer = graph.batch(TOKEN, List.of(GraphOperation.post("act_1/ads", Map.of()),
                    GraphOperation.get("1", Map.of()), GraphOperation.delete("1"))).block();

            assertThat(answer.results()).extracting(result -> error(result).outcomeUnknown())
                    .containsExactly(true, false, true);
            assertThat(answer.usage()).isEqualTo(GraphUsage.NONE);
            assertThat(server.seen).hasSize(1);
        }
    }

    @Test
    void knows_that_nothing_was_sent_when_the_connection_is_refused() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (var graph = HttpGraph.over(GraphSettings.towards(URI.create("http://127.0.0.1:" + port)), null)) {
            isUnsent(error(create(graph)));
        }
    }

    @Test
    void knows_that_nothing_was_sent_when_the_name_is_unknown() {
        var settings = new GraphSettings(URI.create("http://nowhere.invalid"), "v24.0", Duration.ofSeconds(2),
                Duration.ofSeconds(1), 1, 1);
        try (var graph = HttpGraph.over(settings, null)) {
            isUnsent(error(create(graph)));
        }
    }

    @Test
    void knows_that_nothing_was_sent_when_the_other_side_speaks_no_tls() {
        server.replies(OK);
        var https = URI.create("https://127.0.0.1:" + server.uri().getPort());
        try (var graph = HttpGraph.over(GraphSettings.towards(https), null)) {
            isUnsent(error(create(graph)));
            assertThat(server.seen).isEmpty();
        }
    }

    @Test
    void knows_that_nothing_was_sent_of_what_still_waits_for_a_connection_or_finds_no_room_to_wait() {
        server.replies(Reply.silence());
        var settings = new GraphSettings(server.uri(), "v24.0", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1);
        try (var graph = HttpGraph.over(settings, null)) {
            var first = create(graph).toFuture();
            await().until(() -> server.seen.size() == 1);
            var waiting = create(graph).toFuture();
            var turnedAway = error(create(graph));

            isUnsent(turnedAway);
            isUnsent(error(waiting.join().result()));
            isUnknown(error(first.join().result()));
            assertThat(server.seen).hasSize(1);
        }
    }

    @Test
    void sends_nothing_of_what_was_cancelled_while_it_waited() {
        server.replies(Reply.silence(), OK);
        var settings = new GraphSettings(server.uri(), "v24.0", Duration.ofSeconds(2), Duration.ofSeconds(1), 1, 10);
        try (var graph = HttpGraph.over(settings, null)) {
            var first = graph.get(TOKEN, "first", Map.of()).subscribe();
            await().until(() -> server.seen.size() == 1);
            create(graph).subscribe().dispose();
            first.dispose();

            assertThat(graph.get(TOKEN, "third", Map.of()).block().result()).isInstanceOf(Success.class);
            assertThat(server.seen).extracting(GraphServer.ReceivedRequest::uri).containsExactly("/v24.0/first",
                    "/v24.0/third");
        }
    }

    @Test
    void follows_no_redirect() {
        try (var other = new GraphServer().replies(OK); var graph = HttpGraph.over(server.settings(), null)) {
            server.replies(Reply.json(307, "", "Location", other.uri() + "/v24.0/act_1/campaigns"));

            var error = error(create(graph));

            assertThat(error.kind()).isEqualTo(Kind.TEMPORARY);
            assertThat(error.httpStatus()).isEqualTo(307);
            assertThat(other.seen).isEmpty();
            assertThat(server.seen).hasSize(1);
        }
    }

    @Test
    void takes_any_other_trouble_of_a_transport_for_may_have_left() {
        isUnknown(error(create(graph(_ -> Mono.error(new IllegalStateException("odd"))))));
        isUnknown(error(create(graph(_ -> Mono.empty()))));
        isUnknown(error(create(graph(_ -> {
            throw new IllegalStateException("odd");
        }))));
    }

    @Test
    void calls_an_address_that_is_none_unsent() {
        server.replies(OK);
        try (var graph = HttpGraph.over(server.settings(), null)) {
            isUnsent(error(graph.post(TOKEN, "no address {}", Map.of())));
            assertThat(server.seen).isEmpty();
        }
    }
}
