package io.campaignlauncher.creation.claims;

import io.campaignlauncher.creation.claims.Claims.Finished;
import io.campaignlauncher.messaging.Reasons;
import io.campaignlauncher.telemetry.LogFields;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Ends claims many at a time. What cannot be ended is left to the sweep: the job then hears of a round twice, which does
 * no harm.
 */
public final class FinishedRounds implements Disposable {

    static final int AT_ONCE_MAX = 200;
    static final Duration COLLECTED_FOR = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(FinishedRounds.class);
    private static final int WAITING_MAX = 10_000;
    private static final int RETRIES = 4;
    private static final Duration RETRY_DELAY = Duration.ofMillis(200);

    private final Sinks.Many<Finished> queue = Sinks.many().unicast()
            .onBackpressureBuffer(new ArrayBlockingQueue<>(WAITING_MAX));
    private final Sinks.Empty<Void> drained = Sinks.empty();
    private final Claims claims;
    private final Scheduler scheduler;
    private final double jitter;
    private final Disposable work;

    /** @param jitter of back-offs */
    public FinishedRounds(Claims claims, Scheduler scheduler, double jitter) {
        this.claims = claims;
        this.scheduler = scheduler;
        this.jitter = jitter;
        work = queue.asFlux()
                .bufferTimeout(AT_ONCE_MAX, COLLECTED_FOR, scheduler, true)
                .concatMap(this::finish)
                .doFinally(_ -> drained.tryEmitEmpty())
                .subscribe();
    }

    /** The round's last report is durable. */
    public void add(Finished round) {
        Sinks.EmitResult result;
        synchronized (queue) {
            result = queue.tryEmitNext(round);
        }
        if (result.isFailure()) {
            LOG.atWarn().addKeyValue(LogFields.JOB_ID, round.jobId())
                    .log("round {} of job {} is left to the sweep: {}", round.round(), round.jobId(), result);
        }
    }

    /** Ends what was added so far, then takes no more. */
    public Mono<Void> drain() {
        return Mono.defer(() -> {
            synchronized (queue) {
                queue.tryEmitComplete();
            }
            return drained.asMono();
        });
    }

    @Override
    public void dispose() {
        work.dispose();
    }

    private Mono<Void> finish(List<Finished> rounds) {
        return claims.finish(rounds)
                .retryWhen(Retry.backoff(RETRIES, RETRY_DELAY).jitter(jitter).scheduler(scheduler))
                .onErrorResume(e -> {
                    LOG.warn("{} finished rounds are left to the sweep: {}", rounds.size(), Reasons.of(e));
                    return Mono.empty();
                });
    }
}
