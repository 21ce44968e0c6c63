package io.campaignlauncher.job.http;

import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.job.view.JobQueries;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.telemetry.Hop;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1/jobs}: a good request is answered with 202 once Kafka has its command for good. A repeated request gets the
 * same answer; its command is published again unless Kafka is known to have it, so that no death in between loses a job.
 */
final class JobIntake {

    private static final Logger LOG = LoggerFactory.getLogger(JobIntake.class);
    private static final String SOURCE = "/job-service/http";

    private final Credentials credentials;
    private final WebhookRules webhooks;
    private final IdempotencyKeys accepted;
    private final JobQueries jobs;
    private final RecordPublisher publisher;
    private final LaunchRecords records;
    private final Readiness readiness;
    private final HttpSettings settings;
    private final JobPolicy policy;
    private final Clock clock;

    /** @param readiness ready when the credentials were read */
    JobIntake(Credentials credentials, WebhookRules webhooks, IdempotencyKeys accepted, JobQueries jobs,
            RecordPublisher publisher, LaunchRecords records, Readiness readiness, HttpSettings settings,
            JobPolicy policy, Clock clock) {
        this.credentials = credentials;
        this.webhooks = webhooks;
        this.accepted = accepted;
        this.jobs = jobs;
        this.publisher = publisher;
        this.records = records;
        this.readiness = readiness;
        this.settings = settings;
        this.policy = policy;
        this.clock = clock;
    }

    Mono<ServerResponse> take(ServerRequest request) {
        return body(request)
                .map(body -> LaunchBody.request(body, request.headers().header(IdempotencyKey.HEADER), credentials,
                        webhooks))
                .flatMap(this::take)
                .flatMap(taken -> Answers.accepted(taken, URI.create("/v1/jobs/" + taken.jobId())));
    }

    /** A request's body, held back while this instance starts: it does not know yet which credentials there are. */
    Mono<ObjectNode> body(ServerRequest request) {
        return JsonBody.of(request, settings.bodyBytesMax())
                .delayUntil(_ -> readiness.ready()
                        .timeout(settings.patience())
                        .onErrorMap(
                                _ -> Problem.unavailable("The service is still starting; send the request again.")));
    }

    /** The answer to a request that was taken. @param status of its job */
    record Taken(UUID jobId, String status) {}

    /** @return the job, once Kafka has its command for good */
    Mono<Taken> take(LaunchRequest request) {
        return Mono.deferContextual(context -> take(request, Hop.of(context)));
    }

    private Mono<Taken> take(LaunchRequest request, Hop asking) {
        var jobId = JobIds.of(request.userId(), request.idempotencyKey());
        var hop = asking.about(jobId.toString(), jobId.toString());
        var fingerprint = RequestFingerprint.of(request);
        var record = records.createCampaign(LaunchRequests.toAvro(request), SOURCE, clock.instant(),
                hop.traceparent());
        if (record.value().length > settings.commandBytesMax()) {
            return Mono.error(Problem.tooLarge(settings.commandBytesMax()));
        }
        return Blocking.call(() -> known(jobId, request, fingerprint))
                .flatMap(known -> (known.published() ? Mono.<Void>empty()
                        : publisher.publish(record)
                                .timeout(settings.patience())
                                .onErrorMap(e -> notTaken(jobId, e, hop))
                                .then(noted(jobId, hop)))
                        .thenReturn(new Taken(jobId, known.status())));
    }

    /** What is known of a key. @param published Kafka has the command */
    private record Known(String fingerprint, String status, boolean published) {}

    /** A job that came over Kafka counts as published. */
    private Known known(UUID jobId, LaunchRequest request, String fingerprint) {
        var known = jobs.request(jobId)
                .map(job -> new Known(job.fingerprint(), job.status(), true))
                .orElseGet(() -> {
                    var taken = accepted.take(jobId, request, fingerprint, clock.instant());
                    return new Known(taken.fingerprint(), "pending", taken.published());
                });
        if (!known.fingerprint().equals(fingerprint)
                && !RequestFingerprint.isOf(known.fingerprint(), request, policy)) {
            throw Problem.conflict("The key was used for another request",
                    "Send the same body as before, or another Idempotency-Key.");
        }
        return known;
    }

    /** Not knowing it later costs a second publication, which does no harm; so it never fails the request. */
    private Mono<Void> noted(UUID jobId, Hop hop) {
        return Blocking.run(() -> accepted.published(jobId, clock.instant())).onErrorResume(e -> {
            hop.on(LOG.atWarn()).log("job {}: could not note that its command is on Kafka: {}", jobId, e.toString());
            return Mono.empty();
        });
    }

    private static Problem notTaken(UUID jobId, Throwable error, Hop hop) {
        hop.on(LOG.atWarn()).log("job {}: Kafka did not take its command: {}", jobId, error.toString());
        return Problem.unavailable("Kafka did not take the request; send it again with the same Idempotency-Key.");
    }
}
