package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphMeters.Operation;
import io.campaignlauncher.graph.GraphMeters.Outcome;
import io.campaignlauncher.graph.GraphResult.Failure;
import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.Unanswered;
import io.campaignlauncher.sendonce.Unanswered.Reason;
import io.campaignlauncher.telemetry.TraceSpan;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way: reports its end once, to the meters, to its trace, to whoever watches, and to the circuit breaker, which had
 * let it through.
 */
final class CallObservation {

    /** What the breaker is told; what really happened is in the result. */
    private static final Exception OUTAGE = new Unanswered(Reason.BROKEN, "outage");

    private static final Logger LOG = LoggerFactory.getLogger(CallObservation.class);

    private final Operation operation;
    private final GraphRequest request;
    private final GraphMeters meters;
    private final @Nullable CircuitBreaker breaker;
    private final TraceSpan span;
    private final CallNote note;
    private final long startNanos;
    private final AtomicBoolean ended = new AtomicBoolean();

    CallObservation(Operation operation, GraphRequest request, GraphMeters meters, @Nullable CircuitBreaker breaker,
            TraceSpan span, CallNote note) {
        this.operation = operation;
        this.request = request;
        this.meters = meters;
        this.breaker = breaker;
        this.span = span;
        this.note = note;
        this.startNanos = meters.nanos();
    }

    void answered(HttpAnswer answer, List<GraphResult> results) {
        note.answered(answer, results, sinceStart());
        if (results.getFirst() instanceof Failure(var first) && areAll(first.kind(), results)) {
            span.failed(first.kind().name());
            // Not its message: Facebook quotes names and whatever else was sent.
            span.on(LOG.atDebug()).log("{}: {}, code {}, subcode {}, HTTP {}, fbtrace_id {}", request, first.kind(),
                    first.code(), first.subcode(), first.httpStatus(), first.fbtraceId());
            end(outcome(first), areOutages(results));
        } else {
            end(Outcome.SUCCESS, false);
        }
    }

    /** A batch failed as a whole if all its operations failed alike. */
    private static boolean areAll(GraphError.Kind kind, List<GraphResult> results) {
        return results.stream().allMatch(result -> result instanceof Failure(var error) && error.kind() == kind);
    }

    private static boolean areOutages(List<GraphResult> results) {
        return results.stream()
                .allMatch(result -> result instanceof Failure(var error) && ErrorClassifier.tellsOfOutage(error));
    }

    private static Outcome outcome(GraphError error) {
        return switch (error.kind()) {
            case PERMANENT -> Outcome.PERMANENT;
            case RATE_LIMIT -> Outcome.RATE_LIMIT;
            case TEMPORARY -> Outcome.TEMPORARY;
        };
    }

    void unanswered(Throwable error, List<GraphResult> results) {
        note.unanswered(error, results, sinceStart());
        span.failed(error);
        span.on(LOG.atDebug()).log("{}: {}", request, error instanceof Unanswered known
                ? ErrorText.fit(known.getMessage(), request.token())
                : error.getClass().getSimpleName());
        switch (error instanceof Unanswered known ? known.reason() : Reason.BROKEN) {
            case NOT_TRIED -> cancelled(Outcome.NOT_SENT); // says nothing about Facebook
            case UNREACHABLE -> end(Outcome.NOT_SENT, true);
            case TIMED_OUT -> unanswered(Outcome.TIMED_OUT);
            case BROKEN -> unanswered(Outcome.TEMPORARY);
        }
    }

    /** An upload may have failed for want of its content, which says nothing about Facebook. */
    private void unanswered(Outcome outcome) {
        if (request.file() == null) {
            end(outcome, true);
        } else {
            cancelled(outcome);
        }
    }

    void cancelled() {
        if (!ended.get()) {
            note.abandoned(sinceStart());
        }
        cancelled(Outcome.CANCELLED);
    }

    private long sinceStart() {
        return meters.nanos() - startNanos;
    }

    private void cancelled(Outcome outcome) {
        if (ended.compareAndSet(false, true)) {
            meters.record(operation, outcome, sinceStart());
            span.end();
            if (breaker != null) {
                breaker.releasePermission();
            }
        }
    }

    private void end(Outcome outcome, boolean isOutage) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        var nanos = sinceStart();
        meters.record(operation, outcome, nanos);
        span.end();
        if (breaker == null) {
            return;
        }
        if (isOutage) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, OUTAGE);
        } else {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
