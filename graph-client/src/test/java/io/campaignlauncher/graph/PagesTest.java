package io.campaignlauncher.graph;

import static io.campaignlauncher.graph.Answering.TOKEN;
import static io.campaignlauncher.graph.Answering.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.graph.GraphServer.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

class PagesTest {

    private static String page(String items, String after, boolean hasNext) {
        // The address leads elsewhere and holds a token: it must not be followed.
        var next = hasNext ? ",\"next\":\"http://127.0.0.1:1/v1.0/elsewhere?access_token=stolen\"" : "";
        return "{\"data\":[" + items + "],\"paging\":{\"cursors\":{\"after\":\"" + after + "\"}" + next + "}}";
    }

    private static void isFailed(Throwable error, Kind kind, String message) {
        assertThat(error).isInstanceOf(GraphFailed.class).hasMessageContaining(message);
        assertThat(((GraphFailed) error).error().kind()).isEqualTo(kind);
        assertThat(((GraphFailed) error).error().outcomeUnknown()).isFalse();
    }

    @Test
    void follows_cursors_past_an_empty_page_until_there_is_no_next() {
        try (var server = new GraphServer(); var graph = HttpGraph.over(server.settings(), null)) {
            server.replies(Reply.json(200, page("{\"id\":\"1\"},{\"id\":\"2\"}", "c=1", true)),
                    Reply.json(200, page("", "c2", true)),
                    Reply.json(200, page("{\"id\":\"3\"}", "c3", false)));

            var ids = graph.pages(TOKEN, "act_1/ads", Map.of("fields", "id", "limit", "2"), 3)
                    .map(item -> item.path("id").asString()).collectList().block();

            assertThat(ids).containsExactly("1", "2", "3");
            assertThat(server.seen).hasSize(3).allSatisfy(seen -> {
                assertThat(seen.uri()).startsWith("/v24.0/act_1/ads?").doesNotContain("token");
                assertThat(seen.query()).containsEntry("fields", "id").containsEntry("limit", "2");
                assertThat(seen.headers()).containsEntry("authorization", "Bearer " + TOKEN.value());
            });
            assertThat(server.seen.get(0).query()).doesNotContainKey("after");
            assertThat(server.seen.get(1).query()).containsEntry("after", "c=1");
            assertThat(server.seen.get(2).query()).containsEntry("after", "c2");
        }
    }

    @Test
    void ends_at_once_on_an_edge_without_items_and_without_paging() {
        StepVerifier.create(graph(200, "{\"data\":[]}").pages(TOKEN, "act_1/ads", Map.of(), 1)).verifyComplete();
    }

    @Test
    void fails_when_there_are_more_pages_than_allowed_and_asks_for_no_more() {
        var graph = graph(200, page("{\"id\":\"1\"}", "c", true));

        StepVerifier.create(graph.pages(TOKEN, "act_1/ads", Map.of(), 3)).expectNextCount(3)
                .expectErrorSatisfies(error -> isFailed(error, Kind.PERMANENT, "3 pages")).verify();
        assertThat(graph.requestsSent()).isEqualTo(3);
    }

    @Test
    void fails_when_a_page_cannot_be_read() {
        StepVerifier.create(graph(400, "{\"error\":{\"message\":\"gone\",\"code\":100,\"error_subcode\":33}}")
                .pages(TOKEN, "1/ads", Map.of(), 3))
                .expectErrorSatisfies(error -> isFailed(error, Kind.PERMANENT, "gone")).verify();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"data\":{}}", "{\"data\":null}", "[]",
        "{\"data\":[],\"paging\":{\"next\":\"http://x\"}}",
        "{\"data\":[],\"paging\":{\"next\":\"x\",\"cursors\":{\"after\":\"\"}}}" })
    void fails_rather_than_to_take_an_odd_page_for_the_end(String page) {
        StepVerifier.create(graph(200, page).pages(TOKEN, "1/ads", Map.of(), 3))
                .expectErrorSatisfies(error -> isFailed(error, Kind.TEMPORARY, "a page without")).verify();
    }
}
