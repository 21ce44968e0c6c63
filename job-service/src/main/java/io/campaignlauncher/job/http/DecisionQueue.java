package io.campaignlauncher.job.http;

import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.telemetry.TraceSpan;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Decisions that are asked for over HTTP: few at a time, so that however many people ask, reports and timers find a free thread;
 * the others wait in a queue that has an end. Whoever is no longer waited for leaves it undecided.
 */
final class DecisionQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionQueue.class);

    private final JobCommandGateway jobs;
    private final HttpSettings settings;
    private final ExecutorService threads;

    DecisionQueue(JobCommandGateway jobs, HttpSettings settings, MeterRegistry meters) {
        this.jobs = jobs;
        this.settings = settings;
        var pool = new ThreadPoolExecutor(settings.decisionsAtOnce(), settings.decisionsAtOnce(), 30, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(settings.decisionsWaiting()),
                Thread.ofPlatform().name("http-decision-", 1).factory());
        pool.allowCoreThreadTimeOut(true);
        threads = ExecutorServiceMetrics.monitor(meters, pool, "http-decisions", List.of());
    }

    /**
     * @param unavailable says what to do where it cannot be decided now
     * @return an error is a {@link Problem}, 503: the queue is full, the store is away, or it took too long; then it is not known
     *     whether it was decided
     */
    Mono<Decision> decide(String jobId, JobCommand command, Origin origin, TraceSpan span, String unavailable) {
        return Mono.fromCallable(() -> jobs.decide(jobId, command, origin).join())
                .subscribeOn(Schedulers.fromExecutorService(threads))
                .timeout(settings.patience())
                .onErrorMap(RejectedExecutionException.class,
                        _ -> Problem.unavailable("Too many decisions wait already. " + unavailable))
                .onErrorMap(e -> !(e instanceof Problem), e -> {
                    span.on(LOG.atWarn()).log("job {}: what was asked over HTTP could not be decided: {}", jobId,
                            e.toString());
                    return Problem.unavailable(unavailable);
                });
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
