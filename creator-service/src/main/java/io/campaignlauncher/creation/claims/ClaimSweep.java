package io.campaignlauncher.creation.claims;

import io.campaignlauncher.creation.claims.Claims.Expired;
import io.campaignlauncher.creation.model.RoundReports;
import io.campaignlauncher.messaging.ThrottledWarning;
import io.campaignlauncher.telemetry.TraceSpan;
import io.campaignlauncher.worker.FactReporter;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reports the rounds of workers that died or lost their lease as interrupted, as soon as none of their requests is left. */
public final class ClaimSweep {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimSweep.class);

    private final Claims claims;
    private final FactReporter reporter;
    private final Duration every;
    private final Scheduler scheduler;
    private final ThrottledWarning warning;

    /** @param every from the end of one sweep to the begin of the next */
    public ClaimSweep(Claims claims, FactReporter reporter, Duration every, Clock clock, Scheduler scheduler) {
        this.claims = claims;
        this.reporter = reporter;
        this.every = every;
        this.scheduler = scheduler;
        this.warning = new ThrottledWarning(LOG, clock);
    }

    /**
     * Sweeps until the end comes, then lets the sweep under way come to its own: a thread that is interrupted in the middle of a
     * transaction leaves a broken connection. A failure is told now and then and tried again.
     */
    public Mono<Void> until(Mono<Void> end) {
        return Mono.delay(every, scheduler)
                .takeUntilOther(end)
                .flatMap(_ -> once())
                .repeatWhen(sweeps -> sweeps.takeWhile(swept -> swept > 0))
                .then();
    }

    private Mono<Integer> once() {
        return claims.sweep(this::report)
                .doOnNext(_ -> warning.over())
                .onErrorResume(e -> {
                    warning.warn("cannot sweep claims, trying again", e);
                    return Mono.just(0);
                });
    }

    private Mono<Void> report(Expired expired) {
        var jobId = expired.jobId().toString();
        var fact = RoundReports.interrupted(jobId, expired.round(), expired.claimedAt(), expired.quietAt());
        var span = TraceSpan.begin("creation round swept", SpanKind.INTERNAL, expired.cause().traceparent())
                .about(jobId, expired.cause().correlationId());
        return span.around(reporter.report(jobId, fact, expired.cause().within(span.traceparent())))
                .doOnSuccess(_ -> span.on(LOG.atWarn()).log("reported round {} of job {} as interrupted",
                        expired.round(), jobId));
    }
}
