package io.campaignlauncher.telegram;

import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.RequestMeters;
import io.campaignlauncher.sendonce.Unanswered;
import io.campaignlauncher.telemetry.TraceSpan;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way: reports its end once, to the meters and to its trace. */
final class Call {

    /** What a request came to. */
    enum Outcome {
        SUCCESS, REFUSED, RATE_LIMIT, TEMPORARY, TIMED_OUT, NOT_SENT, CANCELLED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    private final ApiMethod method;
    private final RequestMeters<ApiMethod, Outcome> meters;
    private final TraceSpan span;
    private final long startNanos;
    private final AtomicBoolean ended = new AtomicBoolean();

    Call(ApiMethod method, RequestMeters<ApiMethod, Outcome> meters, TraceSpan span) {
        this.method = method;
        this.meters = meters;
        this.span = span;
        this.startNanos = meters.nanos();
    }

    void answered(HttpAnswer answer) {
        var outcome = switch (ApiAnswer.of(answer)) {
            case ApiAnswer.Ok _ -> Outcome.SUCCESS;
            case ApiAnswer.Error error -> switch (error.code()) {
                case 400, 401, 403, 404, 409 -> Outcome.REFUSED;
                case 429 -> Outcome.RATE_LIMIT;
                default -> Outcome.TEMPORARY;
            };
            case ApiAnswer.Unreadable _ -> Outcome.TEMPORARY;
        };
        if (outcome != Outcome.SUCCESS) {
            span.failed(outcome.name());
            span.on(LOG.atDebug()).log("{}: {}, {}", method.wireName(), outcome, answer);
        }
        end(outcome);
    }

    void unanswered(Unanswered failure) {
        span.failed(failure.reason().name());
        span.on(LOG.atDebug()).log("{}: {}", method.wireName(), failure.getMessage());
        end(switch (failure.reason()) {
            case NOT_TRIED, UNREACHABLE -> Outcome.NOT_SENT;
            case TIMED_OUT -> Outcome.TIMED_OUT;
            case BROKEN -> Outcome.TEMPORARY;
        });
    }

    void cancelled() {
        end(Outcome.CANCELLED);
    }

    private void end(Outcome outcome) {
        if (ended.compareAndSet(false, true)) {
            meters.record(method, outcome, meters.nanos() - startNanos);
            span.end();
        }
    }
}
