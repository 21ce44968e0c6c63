package io.campaignlauncher.graph;

import static io.campaignlauncher.graph.Answering.TOKEN;
import static io.campaignlauncher.graph.Answering.body;
import static io.campaignlauncher.graph.Answering.error;
import static io.campaignlauncher.graph.Answering.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.graph.GraphResult.Success;
import io.campaignlauncher.graph.GraphServer.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallObservationTest {

    private final GraphServer server = new GraphServer();
    private HttpGraph graph;

    @BeforeEach
    void open() {
        graph = HttpGraph.over(server.settings(), null);
    }

    @AfterEach
    void close() {
        graph.close();
        server.close();
    }

    @Test
    void reads_with_the_parameters_in_the_query_and_the_token_in_a_header() {
        server.replies(Reply.json(200, "{\"id\":\"act_1\",\"account_status\":1}"));

        var answer = graph
                .get(TOKEN, "act_1", Map.of("fields", "name,account_status", "filtering", "[{\"a\":\"b c&d+é\"}]"))
                .block();

        assertThat(body(answer.result()).path("account_status").asInt()).isEqualTo(1);
        assertThat(answer.usage()).isEqualTo(GraphUsage.NONE);
        var seen = server.seen.getFirst();
        assertThat(seen.method()).isEqualTo("GET");
        assertThat(seen.uri()).startsWith("/v24.0/act_1?").doesNotContain("+", " ", TOKEN.value());
        assertThat(seen.query()).isEqualTo(
                Map.of("fields", "name,account_status", "filtering", "[{\"a\":\"b c&d+é\"}]"));
        assertThat(seen.headers()).containsEntry("authorization", "Bearer " + TOKEN.value());
        assertThat(seen.headers().get("accept-encoding")).contains("gzip");
        assertThat(seen.body()).isEmpty();
    }

    @Test
    void writes_a_form() {
        server.replies(Reply.json(200, "{\"id\":\"23850000000000001\"}"));

        var answer = graph
                .post(TOKEN, "act_1/campaigns", Map.of("name", "a=1&b=100 % ü", "special_ad_categories", "[]")).block();

        assertThat(((Success) answer.result()).id()).isEqualTo("23850000000000001");
        var seen = server.seen.getFirst();
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.uri()).isEqualTo("/v24.0/act_1/campaigns");
        assertThat(seen.form()).isEqualTo(Map.of("name", "a=1&b=100 % ü", "special_ad_categories", "[]"));
        assertThat(seen.headers()).containsEntry("content-type", "application/x-www-form-urlencoded")
                .containsEntry("content-length", String.valueOf(seen.body().length()))
                .containsEntry("accept-encoding", "identity");
    }

    @Test
    void asks_for_a_compressed_answer_where_it_reads_and_for_a_plain_one_where_it_only_writes() {
        server.replies(Reply.json(200, "[]"));
        var write = GraphOperation.post("act_1/ads", Map.of("name", "a"));

        graph.batch(TOKEN, List.of(write, GraphOperation.delete("1"))).block();
        graph.batch(TOKEN, List.of(write, GraphOperation.get("1", Map.of()))).block();

        assertThat(server.seen).extracting(seen -> seen.headers().get("accept-encoding"))
                .containsExactly("identity", "gzip");
    }

    @Test
    void undoes_the_compression_of_an_answer() {
        server.replies(Reply.json(200, "{\"id\":\"1\",\"text\":\"" + "x".repeat(100_000) + "\"}"));

        var answer = graph.get(TOKEN, "1", Map.of()).block();

        assertThat(body(answer.result()).path("text").asString()).hasSize(100_000);
    }

    @Test
    void sends_when_subscribed_and_once_a_subscription() {
        server.replies(Reply.json(200, "{\"id\":\"1\"}"));
        var call = graph.post(TOKEN, "act_1/campaigns", Map.of("name", "n"));
        assertThat(server.seen).isEmpty();

        call.block();
        call.block();

        assertThat(server.seen).hasSize(2);
    }

    @Test
    void takes_an_error_in_a_200_for_a_failure() {
        var error = error(graph(200, "{\"error\":{\"message\":\"no\",\"code\":190}}").post(TOKEN, "x", Map.of()));

        assertThat(error.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(error.httpStatus()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            200 | <html>Sorry, something went wrong</html>
            200 | Service Unavailable
            200 | "Service Unavailable"
            200 | {"id":"12
            200 | {"id":"1"}<html>
            200 | null
            200 | {"error":"odd"}
            200 | ''
            302 | {"id":"1"}
            400 | {"id":"1"}
            404 | <html>not here</html>
            502 | <html>Bad Gateway</html>
            503 | ''
            """)
    void takes_what_is_neither_yes_nor_no_for_temporary_and_of_a_write_for_unknown(int status, String body) {
        var graph = graph(status, body);

        var ofWrite = error(graph.post(TOKEN, "act_1/ads", Map.of()));
        assertThat(ofWrite.kind()).isEqualTo(Kind.TEMPORARY);
        assertThat(ofWrite.outcomeUnknown()).isTrue();
        assertThat(ofWrite.code()).isNull();
        assertThat(ofWrite.httpStatus()).isEqualTo(status);
        assertThat(error(graph.get(TOKEN, "1", Map.of())).outcomeUnknown()).isFalse();
    }

    @Test
    void leaves_it_to_the_caller_to_doubt_a_yes_without_an_id() {
        assertThat(((Success) graph(200, "{}").post(TOKEN, "x", Map.of()).block().result()).id()).isNull();
        assertThat(((Success) graph(200, "{\"id\":\"\"}").post(TOKEN, "x", Map.of()).block().result()).id()).isNull();
        assertThat(graph(200, "true").post(TOKEN, "x", Map.of()).block().result()).isInstanceOf(Success.class);
    }

    @Test
    void takes_an_answer_that_is_too_large_for_an_unreadable_one() {
        server.replies(Reply.json(200, "\"" + "x".repeat(WebClientTransport.ANSWER_BYTES_MAX) + "\""));

        var error = error(graph.post(TOKEN, "act_1/ads", Map.of()));

        assertThat(error.kind()).isEqualTo(Kind.TEMPORARY);
        assertThat(error.outcomeUnknown()).isTrue();
        assertThat(server.seen).hasSize(1);
    }
}
