package io.campaignlauncher.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

class GraphReadsTest {

    private static final AccessToken TOKEN = new AccessToken("secret");
    private static final JsonMapper JSON = new JsonMapper();

    private static final GraphResult LATER = new GraphResult.Failure(
            new GraphError(GraphError.Kind.TEMPORARY, false, 2, null, 500, "later", null, null));
    private static final GraphResult TOO_MUCH = new GraphResult.Failure(
            new GraphError(GraphError.Kind.TEMPORARY, false, 1, null, 500,
                    "Please reduce the amount of data you're asking for, then retry your request (code 1)", null,
                    null));

    private final List<List<GraphOperation>> batches = new ArrayList<>();

    @Test
    void reads_more_than_fifty_nodes_in_several_requests_and_keeps_their_order() {
        var reads = IntStream.range(0, 120).mapToObj(i -> GraphOperation.get("n" + i, Map.of())).toList();

        var answer = read(op -> ok("{\"id\":\"" + op.path() + "\"}"), 5, reads);

        assertThat(answer.httpCalls()).isEqualTo(3);
        assertThat(batches).extracting(List::size).containsExactly(50, 50, 20);
        assertThat(answer.results()).extracting(result -> ((GraphResult.Success) result).id())
                .containsExactlyElementsOf(IntStream.range(0, 120).mapToObj(i -> "n" + i).toList());
    }

    @Test
    void reads_the_further_pages_of_all_edges_together() {
        var answer = read(op -> switch (op.path() + op.parameters().getOrDefault("after", "")) {
            case "c/adsets" -> page("a", "1", "2");
            case "c/adsetsa" -> page("b");
            case "c/adsetsb" -> page(null, "3");
            case "c/ads" -> page("z", "9");
            case "c/adsz" -> page(null, "10");
            case "c" -> ok("{\"id\":\"c\"}");
            default -> throw new AssertionError(op);
        }, 5, List.of(edge("c/adsets"), edge("c/ads"), GraphOperation.get("c", Map.of())));

        assertThat(ids(answer, 0)).containsExactly("1", "2", "3");
        assertThat(ids(answer, 1)).containsExactly("9", "10");
        assertThat(answer.httpCalls()).isEqualTo(3);
        assertThat(batches).extracting(List::size).containsExactly(3, 2, 1);
        assertThat(batches.get(1)).allSatisfy(op -> assertThat(op.parameters()).containsEntry("fields", "id"));
    }

    @Test
    void leaves_the_addresses_of_further_pages_out_of_the_answer() {
        var answer = read(op -> page(op.parameters().containsKey("after") ? null : "a", "1"), 5,
                List.of(edge("c/ads")));

        assertThat(answer.results().getFirst().toString()).doesNotContain("paging", "secret");
    }

    @Test
    void takes_an_edge_with_too_many_pages_for_a_failure_not_for_half_a_list() {
        var answer = read(_ -> page("more", "1"), 3, List.of(edge("c/ads")));

        assertThat(error(answer).kind()).isEqualTo(GraphError.Kind.PERMANENT);
        assertThat(error(answer).message()).contains("more than 3 pages");
        assertThat(answer.httpCalls()).isEqualTo(3);
    }

    @Test
    void asks_for_half_as_many_items_until_facebook_answers() {
        var answer = read(op -> limit(op) > 100 ? TOO_MUCH : page(null, "1"), 5, List.of(edge("c/ads")));

        assertThat(ids(answer, 0)).containsExactly("1");
        assertThat(limits()).containsExactly(500, 250, 125, 62);
    }

    @Test
    void goes_on_with_the_page_that_was_too_much_and_keeps_those_before_it() {
        var answer = read(op -> switch (op.parameters().getOrDefault("after", "")) {
            case "" -> page("a", "1");
            case "a" -> limit(op) > 300 ? TOO_MUCH : page("b", "2");
            default -> page(null, "3");
        }, 5, List.of(edge("c/ads"), edge("c/adsets")));

        assertThat(ids(answer, 0)).containsExactly("1", "2", "3");
        assertThat(ids(answer, 1)).containsExactly("1", "2", "3");
        assertThat(limits()).containsExactly(500, 500, 500, 500, 250, 250, 250, 250);
    }

    @Test
    void gives_up_where_a_single_item_is_too_much() {
        var answer = read(_ -> TOO_MUCH, 5, List.of(edge("c/ads")));

        assertThat(answer.results()).containsExactly(TOO_MUCH);
        assertThat(limits()).containsExactly(500, 250, 125, 62, 31, 15, 7, 3, 1);
    }

    @Test
    void reads_small_pages_to_the_end_however_many_there_are() {
        var answer = read(op -> {
            var from = Integer.parseInt(op.parameters().getOrDefault("after", "0"));
            return limit(op) > 1 ? TOO_MUCH : page(from == 199 ? null : "" + (from + 1), "" + from);
        }, 1, List.of(edge("c/ads")));

        assertThat(ids(answer, 0)).hasSize(200);
    }

    @Test
    void remembers_the_size_for_the_edge_and_lets_it_grow_when_enough_pages_went_well() {
        var sizes = new PageSizes();
        sizes.refused("c/ads", 500);
        sizes.refused("c/ads", 250);
        assertThat(sizes.of("c/ads")).isEqualTo(125);
        assertThat(sizes.of("d/ads")).isEqualTo(PageSizes.ITEMS_MAX);

        IntStream.range(0, PageSizes.GROWS_AFTER - 1).forEach(_ -> sizes.answered("c/ads", 125));
        assertThat(sizes.of("c/ads")).isEqualTo(125);
        sizes.answered("c/ads", 125);
        assertThat(sizes.of("c/ads")).isEqualTo(250);

        sizes.answered("c/ads", 125);
        IntStream.range(0, PageSizes.GROWS_AFTER).forEach(_ -> sizes.answered("c/ads", 250));
        assertThat(sizes.of("c/ads")).isEqualTo(PageSizes.ITEMS_MAX);
    }

    @Test
    void forgets_the_edges_that_were_refused_longest_ago() {
        var sizes = new PageSizes();
        IntStream.range(0, 2_000).forEach(i -> sizes.refused("c" + i + "/ads", 500));

        assertThat(sizes.of("c0/ads")).isEqualTo(500);
        assertThat(sizes.of("c1999/ads")).isEqualTo(250);
    }

    @Test
    void asks_again_for_a_further_page_that_failed_for_the_moment() {
        var failures = new ArrayDeque<>(List.of(LATER, LATER));

        var answer = read(op -> op.parameters().containsKey("after")
                ? failures.isEmpty() ? page(null, "2") : failures.remove()
                : page("a", "1"), 3, List.of(edge("c/ads")));

        assertThat(ids(answer, 0)).containsExactly("1", "2");
        assertThat(answer.httpCalls()).isEqualTo(4);
    }

    @Test
    void asks_once_for_a_first_page_that_failed_for_the_moment() {
        assertThat(read(_ -> LATER, 3, List.of(edge("c/ads"))).httpCalls()).isEqualTo(1);
    }

    @Test
    void takes_a_further_page_that_keeps_failing_for_a_failure_of_the_whole_edge() {
        var failure = LATER;

        var answer = read(op -> op.parameters().containsKey("after") ? failure : page("a", "1"), 3,
                List.of(edge("c/ads")));

        assertThat(answer.results()).containsExactly(failure);
    }

    @Test
    void doubts_an_edge_without_data() {
        assertThat(error(read(_ -> ok("{}"), 3, List.of(edge("c/ads")))).kind()).isEqualTo(GraphError.Kind.TEMPORARY);
    }

    @Test
    void reads_one_page_where_the_summary_is_wanted() {
        var answer = read(
                _ -> ok("{\"data\":[{\"id\":\"1\"}],\"paging\":{\"next\":\"x\"},\"summary\":{\"total_count\":70}}"), 1,
                List.of(GraphOperation.get("act_1/ads", Map.of("summary", "total_count", "limit", "1"))));

        assertThat(answer.httpCalls()).isEqualTo(1);
        assertThat(
                ((GraphResult.Success) answer.results().getFirst()).body().path("summary").path("total_count").asInt())
                .isEqualTo(70);
    }

    @Test
    void sends_nothing_where_there_is_nothing_to_read() {
        assertThat(read(_ -> ok("{}"), 1, List.of()).httpCalls()).isZero();
        assertThat(batches).isEmpty();
    }

    @Test
    void refuses_to_write() {
        assertThatThrownBy(() -> read(_ -> ok("{}"), 1, List.of(GraphOperation.delete("1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private GraphReads.ReadResults read(Function<GraphOperation, GraphResult> facebook, int pagesMax,
            List<GraphOperation> reads) {
        var answer = new GraphReads(new BatchesOnly(facebook), pagesMax).read(TOKEN, reads).block();
        return Objects.requireNonNull(answer);
    }

    private static int limit(GraphOperation operation) {
        return Integer.parseInt(operation.parameters().get("limit"));
    }

    private List<Integer> limits() {
        return batches.stream().flatMap(List::stream).map(GraphReadsTest::limit).toList();
    }

    private static GraphOperation edge(String path) {
        return GraphOperation.get(path, Map.of("fields", "id"));
    }

    private static GraphResult page(@Nullable String after, String... ids) {
        var data = String.join(",", Arrays.stream(ids).map(id -> "{\"id\":\"" + id + "\"}").toList());
        var paging = after == null ? "" : ",\"paging\":{\"cursors\":{\"after\":\"" + after
                + "\"},\"next\":\"https://facebook/?access_token=secret\"}";
        return ok("{\"data\":[" + data + "]" + paging + "}");
    }

    private static GraphResult ok(String json) {
        return new GraphResult.Success(JSON.readTree(json));
    }

    private static List<String> ids(GraphReads.ReadResults answer, int index) {
        return ((GraphResult.Success) answer.results().get(index)).body().path("data").valueStream()
                .map(item -> item.path("id").asString("")).toList();
    }

    private static GraphError error(GraphReads.ReadResults answer) {
        return ((GraphResult.Failure) answer.results().getFirst()).error();
    }

    private final class BatchesOnly implements Graph {

        @Override
        public Graph within(Duration requestTimeout) {
            return this;
        }

        private final Function<GraphOperation, GraphResult> facebook;

        BatchesOnly(Function<GraphOperation, GraphResult> facebook) {
            this.facebook = facebook;
        }

        @Override
        public Mono<GraphAnswer> upload(AccessToken token, String path, Map<String, String> parameters,
                GraphFile file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations) {
            return Mono.fromSupplier(() -> {
                batches.add(operations);
                return new GraphBatchAnswer(operations.stream().map(facebook).toList(), GraphUsage.NONE);
            });
        }

        @Override
        public Mono<GraphAnswer> get(AccessToken token, String path, Map<String, String> parameters) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<GraphAnswer> post(AccessToken token, String path, Map<String, String> parameters) {
            throw new UnsupportedOperationException();
        }

    }
}
