package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphError.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads nodes and whole edges together, in as few HTTP requests as it can: up to 50 reads in one, further pages of all
 * edges again in one, a few requests side by side.
 */
public final class GraphReads {

    /** What Facebook takes in one batch. */
    public static final int OPERATIONS_MAX = 50;
    private static final int SIDE_BY_SIDE_MAX = 4;
    private static final int HTTP_OK = 200;
    private static final String SUMMARY = "summary";

    private final Graph graph;
    private final int pagesMax;

    /** @param pagesMax of one edge; an edge with more is a failure, never half a list */
    public GraphReads(Graph graph, int pagesMax) {
        if (pagesMax < 1) {
            throw new IllegalArgumentException("at least one page must be allowed: " + pagesMax);
        }
        this.graph = graph;
        this.pagesMax = pagesMax;
    }

    /**
     * @param results   one for each read, in order; the {@code data} of an edge holds the items of all its pages
     * @param httpCalls HTTP requests made
     */
    public record Answer(List<GraphResult> results, int httpCalls) {

        public Answer {
            results = List.copyOf(results);
        }
    }

    /**
     * Sends nothing where there is nothing to read. Emits one answer, never an error of Facebook's.
     *
     * @param reads nodes, and edges (their paths have a slash). Of an edge all pages are read, unless it asks for a
     *     {@code summary}: then that is what is wanted, and the first page is all
     */
    public Mono<Answer> read(AccessToken token, List<GraphOperation> reads) {
        for (var read : reads) {
            if (read.method() != GraphOperation.Method.GET) {
                throw new IllegalArgumentException("not a read: " + read.method() + " " + read.path());
            }
        }
        return Mono.defer(() -> advance(token, new Progress(reads)));
    }

    private Mono<Answer> advance(AccessToken token, Progress progress) {
        var open = progress.open();
        if (open.isEmpty()) {
            return Mono.just(progress.answer());
        }
        var chunks = IntStream.iterate(0, from -> from < open.size(), from -> from + OPERATIONS_MAX)
                .mapToObj(from -> open.subList(from, Math.min(from + OPERATIONS_MAX, open.size())))
                .toList();
        return Flux.fromIterable(chunks)
                .flatMapSequential(chunk -> graph.batch(token, progress.operations(chunk)), SIDE_BY_SIDE_MAX)
                .collectList()
                .flatMap(answers -> {
                    for (var i = 0; i < chunks.size(); i++) {
                        progress.take(chunks.get(i), answers.get(i));
                    }
                    return advance(token, progress);
                });
    }

    /** What was read so far; belongs to one subscription. */
    private final class Progress {

        private final @Nullable GraphOperation[] next;
        private final int[] pages;
        private final GraphResult[] results;
        private int httpCalls;

        Progress(List<GraphOperation> reads) {
            next = reads.toArray(GraphOperation[]::new);
            pages = new int[reads.size()];
            results = new GraphResult[reads.size()];
        }

        List<Integer> open() {
            return IntStream.range(0, next.length).filter(i -> next[i] != null).boxed().toList();
        }

        List<GraphOperation> operations(List<Integer> chunk) {
            return chunk.stream().map(i -> next[i]).toList();
        }

        void take(List<Integer> chunk, GraphBatchAnswer answer) {
            httpCalls++;
            for (var i = 0; i < chunk.size(); i++) {
                take(chunk.get(i), answer.results().get(i));
            }
        }

        private void take(int index, GraphResult result) {
            var operation = next[index];
            next[index] = null;
            pages[index]++;
            results[index] = switch (result) {
                case GraphResult.Failure failure -> failure;
                case GraphResult.Success node when !isEdge(operation) -> node;
                case GraphResult.Success(var body) when !body.path("data").isArray() -> unread(Kind.TEMPORARY,
                        "a page without data at " + operation.path());
                case GraphResult.Success(var page) -> withPage(index, operation, page);
            };
        }

        private GraphResult withPage(int index, GraphOperation operation, JsonNode page) {
            var hasMore = page.path("paging").hasNonNull("next") && !operation.parameters().containsKey(SUMMARY);
            var after = page.path("paging").path("cursors").path("after").asString("");
            if (hasMore && pages[index] == pagesMax) {
                return unread(Kind.PERMANENT, "more than " + pagesMax + " pages at " + operation.path());
            }
            if (hasMore && after.isEmpty()) {
                return unread(Kind.TEMPORARY, "a page without cursor that is not the last at " + operation.path());
            }
            if (hasMore) {
                var parameters = new HashMap<>(operation.parameters());
                parameters.put("after", after);
                next[index] = GraphOperation.get(operation.path(), parameters);
            }
            return new GraphResult.Success(joined(results[index], page));
        }

        /** The first page's fields without {@code paging}, whose address holds the token, and the items of all pages. */
        private static JsonNode joined(@Nullable GraphResult earlier, JsonNode page) {
            if (earlier instanceof GraphResult.Success(ObjectNode soFar)) {
                soFar.withArray("data").addAll(page.path("data").valueStream().toList());
                return soFar;
            }
            return ((ObjectNode) page.deepCopy()).without("paging");
        }

        Answer answer() {
            return new Answer(Arrays.asList(results), httpCalls);
        }
    }

    private static boolean isEdge(GraphOperation operation) {
        return operation.path().indexOf('/') >= 0;
    }

    private static GraphResult unread(Kind kind, String why) {
        return new GraphResult.Failure(new GraphError(kind, false, null, null, HTTP_OK, why, null, null));
    }
}
