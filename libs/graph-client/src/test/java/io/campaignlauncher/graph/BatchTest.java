package io.campaignlauncher.graph;

import static io.campaignlauncher.graph.Answering.TOKEN;
import static io.campaignlauncher.graph.Answering.error;
import static io.campaignlauncher.graph.Answering.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.graph.GraphResult.Success;
import io.campaignlauncher.graph.GraphServer.Reply;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class BatchTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ABORTED = """
            {"code":500,"body":"{\\"error\\":{\\"message\\":\\"Request aborted.\\",\\"code\\":960}}"}""";
    private static final List<GraphOperation> POST_AND_GET = List.of(
            GraphOperation.post("act_1/ads", Map.of("name", "a")),
            GraphOperation.get("1", Map.of()));

    private static List<GraphResult> results(int status, String body) {
        return graph(status, body).batch(TOKEN, POST_AND_GET).block().results();
    }

    @Test
    void sends_all_operations_in_one_request_and_reads_their_answers_in_order() {
        try (var server = new GraphServer(); var graph = HttpGraph.over(server.settings(), null)) {
            server.replies(Reply.json(200,
                    """
                            [{"code":200,"headers":[{"name":"X","value":"y"}],"body":"{\\"id\\":\\"11\\"}"},
                             {"body":"{\\"error\\":{\\"message\\":\\"(#100) \\\\u00fc\\",\\"code\\":100,\\"error_subcode\\":33}}","code":400},
                             {"code":200,"body":"{\\"success\\":true}"},
                             {"code":200,"body":{"data":[]}}]"""));

            var answer = graph.batch(TOKEN, List.of(
                    GraphOperation.post("act_1/adsets", Map.of("name", "Set 1 & more")).named("set"),
                    GraphOperation.post("act_1/ads", Map.of("adset_id", GraphOperation.idOf("set"))),
                    GraphOperation.delete("77"),
                    GraphOperation.get("act_1/ads", Map.of("effective_status", "[\"PAUSED\"]")))).block();

            assertThat(((Success) answer.results().get(0)).id()).isEqualTo("11");
            assertThat(error(answer.results().get(1)).objectMissing()).isTrue();
            assertThat(error(answer.results().get(1)).httpStatus()).isEqualTo(400);
            assertThat(answer.results().get(2)).isInstanceOf(Success.class);
            assertThat(answer.results().get(3)).isInstanceOf(Success.class);

            assertThat(server.seen).hasSize(1);
            var seen = server.seen.getFirst();
            assertThat(seen.method() + seen.uri()).isEqualTo("POST/v24.0/");
            assertThat(seen.form()).as("entries come with their headers").containsOnlyKeys("batch");
            var batch = JSON.readTree(seen.form().get("batch"));
            assertThat(batch.get(0)).isEqualTo(JSON.readTree("""
                    {"method":"POST","relative_url":"act_1/adsets","body":"name=Set%201%20%26%20more","name":"set",
                     "omit_response_on_success":false}"""));
            assertThat(new QueryStringDecoder(batch.get(1).get("body").asString(), false).parameters())
                    .isEqualTo(Map.of("adset_id", List.of("{result=set:$.id}")));
            assertThat(batch.get(1).has("name")).isFalse();
            assertThat(batch.get(2)).isEqualTo(JSON.readTree("{\"method\":\"DELETE\",\"relative_url\":\"77\"}"));
            assertThat(batch.get(3)).isEqualTo(JSON.readTree("""
                    {"method":"GET","relative_url":"act_1/ads?effective_status=%5B%22PAUSED%22%5D"}"""));
        }
    }

    @Test
    void knows_nothing_of_a_write_whose_element_is_null() {
        var results = results(200, "[null,null]");

        assertThat(error(results.get(0)).kind()).isEqualTo(Kind.TEMPORARY);
        assertThat(error(results.get(0)).outcomeUnknown()).isTrue();
        assertThat(error(results.get(1)).kind()).isEqualTo(Kind.TEMPORARY);
        assertThat(error(results.get(1)).outcomeUnknown()).isFalse();
    }

    @Test
    void knows_nothing_of_a_write_that_was_aborted() {
        var results = results(200, "[" + ABORTED + "," + ABORTED + "]");

        assertThat(error(results.get(0)).code()).isEqualTo(960);
        assertThat(error(results.get(0)).outcomeUnknown()).isTrue();
        assertThat(error(results.get(1)).kind()).isEqualTo(Kind.TEMPORARY);
        assertThat(error(results.get(1)).outcomeUnknown()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"code\":200,\"body\":null}", "{\"code\":200}", "{\"code\":200,\"body\":\"\"}", "[]",
        "7", "\"x\"",
        "{\"code\":200,\"body\":\"<html>\"}", "{\"code\":500,\"body\":\"{}\"}", "{\"body\":\"{}\"}", "{}",
        "[[1],{\"a\":2}]",
        "{\"code\":\"?\",\"body\":\"{}\"}" })
    void knows_nothing_of_a_write_whose_element_is_odd_but_reads_the_next_one(String element) {
        var results = results(200, "[" + element + ",{\"code\":200,\"body\":\"{\\\"id\\\":\\\"5\\\"}\"}]");

        assertThat(error(results.get(0)).outcomeUnknown()).isTrue();
        assertThat(((Success) results.get(1)).id()).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(strings = { "[]", "[{\"code\":200,\"body\":\"{}\"}]", "{}", "null", "", "<html>", "true",
        "[{\"code\":200,\"body\":\"{}\"},{\"code\":200,\"body\":\"{}\"},null]",
        "[{\"code\":200,\"body\":\"{}\"},{\"code\":200,\"bo", "[{\"code\":200,\"body\":\"{}\"}," })
    void trusts_no_element_of_an_answer_with_the_wrong_shape(String body) {
        var results = results(200, body);

        assertThat(results).hasSize(2);
        assertThat(error(results.get(0)).kind()).isEqualTo(Kind.TEMPORARY);
        assertThat(error(results.get(0)).outcomeUnknown()).isTrue();
        assertThat(error(results.get(1)).kind()).isEqualTo(Kind.TEMPORARY);
        assertThat(error(results.get(1)).outcomeUnknown()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = { 200, 400 })
    void takes_the_refusal_of_the_whole_batch_for_a_definite_no_to_each(int status) {
        var results = results(status, "{\"error\":{\"message\":\"token\",\"code\":190,\"error_subcode\":463}}");

        assertThat(results).hasSize(2).allSatisfy(result -> {
            assertThat(error(result).kind()).isEqualTo(Kind.PERMANENT);
            assertThat(error(result).outcomeUnknown()).isFalse();
            assertThat(error(result).subcode()).isEqualTo(463);
        });
    }

    @Test
    void takes_a_server_error_of_the_whole_batch_for_unknown_where_it_wrote() {
        var results = results(500, "{\"error\":{\"message\":\"oops\",\"code\":2,\"is_transient\":true}}");

        assertThat(error(results.get(0)).outcomeUnknown()).isTrue();
        assertThat(error(results.get(1)).outcomeUnknown()).isFalse();
    }

    @Test
    void reads_the_wait_of_a_limited_operation_from_the_headers_around_it() {
        var answer = graph(200, """
                [{"code":400,"body":"{\\"error\\":{\\"code\\":80004}}"},{"code":200,"body":"{}"}]""",
                Map.of("x-business-use-case-usage",
                        "{\"1\":[{\"type\":\"ads_management\",\"call_count\":100,\"estimated_time_to_regain_access\":7}]}"))
                .batch(TOKEN, POST_AND_GET).block();

        assertThat(error(answer.results().get(0)).kind()).isEqualTo(Kind.RATE_LIMIT);
        assertThat(error(answer.results().get(0)).waitFor()).isEqualTo(Duration.ofMinutes(7));
        assertThat(answer.usage().percent()).isEqualTo(100);
    }

    @Test
    void reads_the_wait_of_a_limited_operation_from_the_headers_of_its_own_entry() {
        var answer = graph(200,
                """
                        [{"code":200,"body":"{\\"id\\":\\"1\\"}","headers":null},
                         {"code":400,"headers":[{"name":"Content-Type","value":"text/javascript"},
                           {"name":"x-business-use-case-usage","value":"{\\"1001\\":[{\\"type\\":\\"ads_management\\",\\"call_count\\":100,\\"estimated_time_to_regain_access\\":3}]}"},
                           {"name":"X-Ad-Account-Usage","value":"{\\"acc_id_util_pct\\":100,\\"reset_time_duration\\":30}"}],
                          "body":"{\\"error\\":{\\"code\\":80004,\\"error_subcode\\":2446079}}"}]""")
                .batch(TOKEN.on("act_1001"), POST_AND_GET).block();

        assertThat(error(answer.results().get(1)).waitFor()).isEqualTo(Duration.ofMinutes(3));
        assertThat(answer.usage()).isEqualTo(new GraphUsage(100, Duration.ofMinutes(3)));
    }

    @Test
    void tells_the_highest_usage_that_any_entry_names() {
        var answer = graph(200,
                """
                        [{"code":200,"body":"{}","headers":[{"name":"X-Ad-Account-Usage","value":"{\\"acc_id_util_pct\\":75.5}"}]},
                         {"headers":[{"value":"{\\"acc_id_util_pct\\":9}","name":"X-AD-ACCOUNT-USAGE"}],"code":200,"body":"{}"}]""",
                Map.of("X-App-Usage", "{\"call_count\":28}")).batch(TOKEN, POST_AND_GET).block();

        assertThat(answer.usage()).isEqualTo(new GraphUsage(75.5, Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(strings = { "null", "7", "{}", "\"x\"", "[null,7,[],{}]", "[{\"name\":[1],\"value\":{\"a\":[]}}]",
        "[{\"name\":\"X-App-Usage\"}]", "[{\"name\":\"X-App-Usage\",\"value\":null}]",
        "[{\"name\":\"X-App-Usage\",\"value\":\"<html>\"}]" })
    void finds_nothing_in_headers_of_an_entry_that_make_no_sense(String headers) {
        var element = "{\"code\":200,\"headers\":" + headers + ",\"body\":\"{\\\"id\\\":\\\"5\\\"}\"}";

        var answer = graph(200, "[" + element + "," + element + "]").batch(TOKEN, POST_AND_GET).block();

        assertThat(answer.results()).allSatisfy(result -> assertThat(((Success) result).id()).isEqualTo("5"));
        assertThat(answer.usage()).isEqualTo(GraphUsage.NONE);
    }

    @Test
    void sends_nothing_for_no_operations_and_refuses_more_than_fifty() {
        var graph = graph(_ -> {
            throw new AssertionError("nothing is to be sent");
        });

        assertThat(graph.batch(TOKEN, List.of()).block().results()).isEmpty();
        assertThatThrownBy(() -> graph.batch(TOKEN, Collections.nCopies(51, GraphOperation.delete("1"))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("50");
    }
}
