package io.campaignlauncher.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads nodes and whole edges together, in as few HTTP requests as it can: up to 50 reads in one, further pages of all
 * edges again in one, a few requests side by side.
 */
public final class GraphReads {

    /** What Facebook takes in one batch. */
    public static final int OPERATIONS_MAX = 50;
    private static final int SIDE_BY_SIDE_MAX = 4;
    private static final String SUMMARY = "summary";

    private final Batches batches;
    private final int pagesMax;
    private final PageSizes sizes;

    /** The way to Facebook: {@link Graph#batch}, or something in front of it that counts or paces. */
    @FunctionalInterface
    public interface Batches {
        Mono<GraphBatchAnswer> send(AccessToken token, List<GraphOperation> operations);
    }

    /** @param pagesMax of one edge, with 500 items each; an edge with more is a failure, never half a list */
    public GraphReads(Graph graph, int pagesMax) {
        this(graph::batch, pagesMax, new PageSizes());
    }

    /** @param sizes shared by all that read the same edges */
    public GraphReads(Batches batches, int pagesMax, PageSizes sizes) {
        if (pagesMax < 1) {
            throw new IllegalArgumentException("at least one page must be allowed: " + pagesMax);
        }
        this.batches = batches;
        this.pagesMax = pagesMax;
        this.sizes = sizes;
    }

    /**
     * @param results   one for each read, in order; the {@code data} of an edge holds the items of all its pages
     * @param httpCalls HTTP requests made
     */
    public record ReadResults(List<GraphResult> results, int httpCalls) {

        public ReadResults {
            results = List.copyOf(results);
        }
    }

    /**
     * Sends nothing where there is nothing to read. Emits once, never an error of Facebook's.
     *
     * @param reads nodes, and edges (their paths have a slash). Of an edge all pages are read, as large as Facebook answers
     *     them, unless it asks for a {@code summary}: then that is what is wanted, and the first page is all
     */
    public Mono<ReadResults> read(AccessToken token, List<GraphOperation> reads) {
        for (var read : reads) {
            if (read.method() != GraphOperation.Method.GET) {
                throw new IllegalArgumentException("not a read: " + read.method() + " " + read.path());
            }
        }
        return Mono.defer(() -> advance(token, new Progress(reads)));
    }

    private Mono<ReadResults> advance(AccessToken token, Progress progress) {
        var open = progress.open();
        if (open.isEmpty()) {
            return Mono.just(progress.results());
        }
        var chunks = IntStream.iterate(0, from -> from < open.size(), from -> from + OPERATIONS_MAX)
                .mapToObj(from -> open.subList(from, Math.min(from + OPERATIONS_MAX, open.size())))
                .toList();
        return Flux.fromIterable(chunks)
                .flatMapSequential(chunk -> batches.send(token, chunk.stream().map(Read::next).toList()),
                        SIDE_BY_SIDE_MAX)
                .collectList()
                .flatMap(answers -> {
                    for (var i = 0; i < chunks.size(); i++) {
                        progress.take(chunks.get(i), answers.get(i));
                    }
                    return advance(token, progress);
                });
    }

    private static boolean isPaged(GraphOperation read) {
        return read.path().indexOf('/') >= 0 && !read.parameters().containsKey(SUMMARY);
    }

    /** One read: a whole edge, or what a single request answers. */
    private final class Read {

        private final GraphOperation asked;
        private final @Nullable EdgeRead edge;
        private @Nullable GraphResult single;

        Read(GraphOperation asked) {
            this.asked = asked;
            this.edge = isPaged(asked) ? new EdgeRead(asked, pagesMax, sizes) : null;
        }

        GraphOperation next() {
            return edge == null ? asked : edge.next();
        }

        void take(GraphResult result) {
            if (edge == null) {
                single = result;
            } else {
                edge.take(result);
            }
        }

        @Nullable
        GraphResult result() {
            return edge == null ? single : edge.result();
        }
    }

    /** What was read so far; belongs to one subscription. */
    private final class Progress {

        private final List<Read> reads;
        private int httpCalls;

        Progress(List<GraphOperation> asked) {
            reads = asked.stream().map(Read::new).toList();
        }

        List<Read> open() {
            return reads.stream().filter(read -> read.result() == null).toList();
        }

        void take(List<Read> chunk, GraphBatchAnswer answer) {
            httpCalls++;
            for (var i = 0; i < chunk.size(); i++) {
                chunk.get(i).take(answer.results().get(i));
            }
        }

        ReadResults results() {
            var results = new ArrayList<GraphResult>(reads.size());
            reads.forEach(read -> results.add(Objects.requireNonNull(read.result())));
            return new ReadResults(results, httpCalls);
        }
    }
}
