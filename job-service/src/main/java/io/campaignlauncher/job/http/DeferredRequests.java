package io.campaignlauncher.job.http;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.view.JobQueries;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.telemetry.TraceSpan;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Requests that are taken while nothing may be decided: they wait on their topic. What is noted of them is noted once Kafka has
 * them for good, so nobody is told of a request that is on its way nowhere; where this process dies in between, whoever was not
 * answered sends it again.
 */
final class DeferredRequests {

    private static final Logger LOG = LoggerFactory.getLogger(DeferredRequests.class);

    private final IdempotencyKeys waiting;
    private final JobQueries jobs;
    private final RecordPublisher publisher;
    private final HttpSettings settings;
    private final JobPolicy policy;
    private final Clock clock;

    DeferredRequests(IdempotencyKeys waiting, JobQueries jobs, RecordPublisher publisher, HttpSettings settings,
            JobPolicy policy, Clock clock) {
        this.waiting = waiting;
        this.jobs = jobs;
        this.publisher = publisher;
        this.settings = settings;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * @param obstacles what stands against a request that is not known yet
     * @return completes once Kafka has the record, or had one of the same request; an error is a {@link Problem}
     */
    Mono<Void> take(UUID jobId, LaunchRequest request, List<Violation> obstacles, ProducerRecord<String, byte[]> record,
            TraceSpan span) {
        return Blocking.call(() -> isKnown(jobId, request)).flatMap(known -> known ? Mono.empty()
                : !obstacles.isEmpty() ? Mono.error(Problem.badRequest(obstacles))
                        : publisher.publish(record)
                                .timeout(settings.patience())
                                .onErrorMap(e -> notTaken(jobId, e, span))
                                .then(note(jobId, request)));
    }

    /** Whether there is a job, or Kafka has its request. Whoever sends the request may have it, so it is not asked whose it is. */
    private boolean isKnown(UUID jobId, LaunchRequest request) {
        var job = jobs.request(jobId, Visibility.everything());
        if (job.isPresent()) {
            requireSame(job.get().fingerprint(), request);
            return true;
        }
        var before = waiting.find(jobId, Visibility.everything());
        before.ifPresent(found -> requireSame(found.fingerprint(), request));
        return before.filter(IdempotencyKeys.AcceptedRequest::published).isPresent();
    }

    /** Of two requests that use a key at the same time the first that is noted is the one it stands for. */
    private Mono<Void> note(UUID jobId, LaunchRequest request) {
        return Blocking.run(() -> requireSame(waiting.take(jobId, request, RequestFingerprint.of(request),
                clock.instant()).fingerprint(), request));
    }

    private void requireSame(String fingerprint, LaunchRequest request) {
        if (!RequestFingerprint.isOf(fingerprint, request, policy)) {
            throw Problem.keyUsedOtherwise();
        }
    }

    private static Problem notTaken(UUID jobId, Throwable error, TraceSpan span) {
        span.on(LOG.atWarn()).log("job {}: Kafka did not take its command: {}", jobId, error.toString());
        return Problem.unavailable("Kafka did not take the request; send it again with the same Idempotency-Key.");
    }
}
