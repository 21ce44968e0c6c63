package io.campaignlauncher.job.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.PriorAcceptance;
import io.campaignlauncher.job.model.Refusal;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.job.view.JobQueries;
import io.campaignlauncher.job.webhook.WebhookAdmission;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.telemetry.TraceSpan;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code POST /v1/jobs} launches: a good request is decided at once, and answered with 202 once its job is durable. While the kill switch
 * holds requests up it waits on their topic, and is answered so once Kafka has it for good. A repeated request gets the same
 * answer, whichever way it came in first.
 */
final class JobIntake {

    private static final String SOURCE = "/job-service/http";
    private static final String PENDING = "pending";

    private final AccessTokens credentials;
    private final WebhookRules webhooks;
    private final WebhookAdmission admission;
    private final DecisionQueue decisions;
    private final JobQueries queries;
    private final KillSwitches killSwitches;
    private final DeferredRequests deferred;
    private final LaunchRecords records;
    private final Readiness readiness;
    private final TenantLimits limits;
    private final HttpSettings settings;
    private final Clock clock;

    /** @param readiness ready when the credentials were read */
    JobIntake(AccessTokens credentials, WebhookRules webhooks, WebhookAdmission admission, DecisionQueue decisions,
            JobQueries queries,
            KillSwitches killSwitches, DeferredRequests deferred, LaunchRecords records, Readiness readiness,
            TenantLimits limits, HttpSettings settings, Clock clock) {
        this.limits = limits;
        this.credentials = credentials;
        this.webhooks = webhooks;
        this.admission = admission;
        this.decisions = decisions;
        this.queries = queries;
        this.killSwitches = killSwitches;
        this.deferred = deferred;
        this.records = records;
        this.readiness = readiness;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param body of the launch @param asking who asks for it */
    Mono<ServerResponse> take(ServerRequest request, ObjectNode body, Principal asking) {
        return Mono.fromCallable(() -> LaunchBody.request(body, asking,
                request.headers().header(IdempotencyKey.HEADER), credentials, webhooks))
                .flatMap(launch -> take(launch, Visibility.of(asking)))
                .flatMap(taken -> Responses.accepted(taken, URI.create("/v1/jobs/" + taken.jobId())));
    }

    /** A request's body, held back while this instance starts: it knows neither credentials nor kill switches yet. */
    Mono<ObjectNode> body(ServerRequest request) {
        return JsonBody.of(request, settings.bodyBytesMax()).delayUntil(_ -> ready());
    }

    /** Completes once this instance can judge a launch; else a {@link Problem}. */
    Mono<Void> ready() {
        return readiness.ready().then(killSwitches.known())
                .timeout(settings.patience())
                .onErrorMap(_ -> Problem.unavailable("The service is still starting; send the request again."));
    }

    /** @param found where every mistake is noted; the request counts only where there is none */
    LaunchRequest read(ObjectNode body, Principal asking, String idempotencyKey, List<Violation> found) {
        return LaunchBody.request(body, asking, List.of(idempotencyKey), credentials, webhooks, found);
    }

    /** The same with every mistake told apart. */
    LaunchBody.Judged judge(ObjectNode body, Principal asking, List<String> idempotencyKeys) {
        return LaunchBody.judged(body, asking, idempotencyKeys, credentials, webhooks);
    }

    /** What stands against the webhook of a request. */
    Mono<List<Violation>> obstacles(LaunchRequest request) {
        return admission.obstacles(request);
    }

    /**
     * The answer to a request that was taken.
     *
     * @param status of its job
     * @param before whether that was a job already
     */
    record Taken(UUID jobId, String status, @JsonIgnore boolean before) {}

    /**
     * @param visible what who asks may see: somebody else may have asked for the same before, and is the one who is told of it
     * @return the job, once it is durable, or Kafka has its command for good
     */
    Mono<Taken> take(LaunchRequest request, Visibility visible) {
        return Mono.deferContextual(context -> take(request, visible, TraceSpan.of(context)));
    }

    private Mono<Taken> take(LaunchRequest request, Visibility visible, TraceSpan asking) {
        var jobId = JobIds.of(request.ownership().tenant(), request.userId(), request.idempotencyKey());
        var span = asking.about(jobId.toString(), jobId.toString());
        var record = records.createCampaign(LaunchRequests.toAvro(request), SOURCE, clock.instant(),
                span.traceparent());
        if (record.value().length > settings.commandBytesMax()) {
            return Mono.error(Problem.tooLarge(settings.commandBytesMax()));
        }
        return limits.within(jobId, request, admission.obstacles(request)
                .flatMap(obstacles -> killSwitches.isOn(KillSwitch.INTAKE)
                        ? decided(jobId, request, obstacles, visible, span)
                        : deferred.take(jobId, request, obstacles, record, span)
                                .then(taken(jobId, visible, false))));
    }

    private Mono<Taken> decided(UUID jobId, LaunchRequest request, List<Violation> obstacles, Visibility visible,
            TraceSpan span) {
        var id = jobId.toString();
        var command = new JobCommand.AcceptJob(id, request, RequestFingerprint.of(request), PriorAcceptance.NONE,
                obstacles);
        return decisions.decide(id, command, new Origin(id, id, span.traceparent()), span,
                "The request could not be taken; send it again with the same Idempotency-Key.")
                .flatMap(decision -> switch (decision) {
                    case Decision.Accepted(var events) -> events.isEmpty() ? taken(jobId, visible, true)
                            : Mono.just(new Taken(jobId, PENDING, false));
                    case Decision.Refused(var refusal) -> Mono.error(problem(refusal));
                });
    }

    private static Problem problem(Refusal refusal) {
        return switch (refusal) {
            case Refusal.InvalidRequest(var violations) -> Problem.badRequest(violations);
            case Refusal.DifferentRequest _,Refusal.NoSuchJob _,Refusal.JobNotWaiting _,Refusal.JobEnded _,Refusal.LaunchBegun _ ->
                Problem.keyUsedOtherwise();
        };
    }

    /** Where its job stands. @param before whether it was taken before, where nothing can be seen of it */
    private Mono<Taken> taken(UUID jobId, Visibility visible, boolean before) {
        return Blocking.call(() -> queries.request(jobId, visible)
                .map(known -> new Taken(jobId, known.status(), true))
                .orElseGet(() -> new Taken(jobId, PENDING, before)));
    }
}
