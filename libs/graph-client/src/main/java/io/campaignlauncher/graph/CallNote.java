package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphCall.Outcome;
import io.campaignlauncher.graph.GraphCall.Part;
import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.graph.GraphResult.Failure;
import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.Unanswered;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.util.context.ContextView;

/** Tells whoever watches how one request went; what goes wrong with that never reaches the request. */
record CallNote(CallWatch watch, ContextView context, boolean batch, List<GraphOperation> operations) {

    private static final Logger LOG = LoggerFactory.getLogger(CallNote.class);
    private static final String TRACE_HEADER = "x-fb-trace-id";

    static CallNote of(ContextView context, GraphRequest request, String path) {
        return new CallNote(CallWatch.of(context), context, false,
                List.of(new GraphOperation(request.method(), path, Map.of(), null)));
    }

    static CallNote of(ContextView context, List<GraphOperation> operations) {
        return new CallNote(CallWatch.of(context), context, true, operations);
    }

    void answered(HttpAnswer answer, List<GraphResult> results, long nanos) {
        tell(results, nanos, answer.status(), answer.headers().get(TRACE_HEADER), false);
    }

    void unanswered(Throwable error, List<GraphResult> results, long nanos) {
        tell(results, nanos, 0, null, error instanceof Unanswered known && !known.reason().mayHaveLeft());
    }

    /** The circuit breaker let nothing through. */
    void kept(List<GraphResult> results) {
        tell(results, 0, 0, null, true);
    }

    /** Whoever wanted the answer did not wait for it. */
    void abandoned(long nanos) {
        tell(operations.stream().<GraphResult>map(operation -> new Failure(new GraphError(Kind.TEMPORARY,
                operation.isWrite(), null, null, 0, "nobody waited for the answer", null, null))).toList(), nanos, 0,
                null, false);
    }

    private void tell(List<GraphResult> results, long nanos, int httpStatus, @Nullable String traceId,
            boolean notSent) {
        if (watch == CallWatch.NONE) {
            return;
        }
        try {
            var parts = IntStream.range(0, operations.size())
                    .mapToObj(i -> part(operations.get(i), results.get(i), notSent)).toList();
            watch.ended(new GraphCall(batch, Duration.ofNanos(nanos), httpStatus,
                    traceId == null ? firstTraceId(parts) : traceId, parts), context);
        } catch (RuntimeException e) {
            LOG.warn("a request could not be noted", e);
        }
    }

    private static Part part(GraphOperation operation, GraphResult result, boolean notSent) {
        var error = result instanceof Failure(var failure) ? failure : null;
        return new Part(operation.method(), GraphCall.kindOf(operation.path()),
                notSent ? Outcome.NOT_SENT : outcome(error), error);
    }

    private static Outcome outcome(@Nullable GraphError error) {
        if (error == null) {
            return Outcome.SENT;
        }
        if (error.kind() == Kind.RATE_LIMIT) {
            return Outcome.LIMITED;
        }
        return error.outcomeUnknown() || error.code() == null ? Outcome.UNKNOWN : Outcome.REFUSED;
    }

    private static @Nullable String firstTraceId(List<Part> parts) {
        return parts.stream().map(Part::error).flatMap(error -> error == null ? Stream.<String>empty()
                : Stream.ofNullable(error.fbtraceId())).findFirst().orElse(null);
    }
}
