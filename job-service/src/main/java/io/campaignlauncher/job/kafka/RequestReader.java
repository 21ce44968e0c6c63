package io.campaignlauncher.job.kafka;

import io.campaignlauncher.job.model.CredentialRules;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.PriorAcceptance;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.job.request.RequestSize;
import io.campaignlauncher.job.webhook.WebhookAdmission;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.TargetKeys;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuples;

/**
 * Reads requests, and says what stands against each where it came in. A token may be on its way to this instance, so one that is
 * not known is waited for a little.
 */
final class RequestReader implements JobCommandListener.CommandReader {

    private final AccessTokens credentials;
    private final PatientLookup<Needed, String> usable;
    private final RequestAuthors authors;
    private final WebhookRules webhooks;
    private final WebhookAdmission admission;

    private record Needed(CredentialName credential, String adAccountId) {}

    RequestReader(AccessTokens credentials, RequestAuthors authors, WebhookRules webhooks, WebhookAdmission admission,
            InstantSource clock) {
        this.credentials = credentials;
        this.usable = new PatientLookup<>(needed -> Mono.justOrEmpty(
                token(credentials.accessToken(needed.credential(), needed.adAccountId()))), clock);
        this.authors = authors;
        this.webhooks = webhooks;
        this.admission = admission;
    }

    @Override
    public JobCommandListener.Addressed read(ConsumerRecord<String, byte[]> record, LaunchRecords.Received received) {
        if (!(received.message() instanceof CreateCampaign message)) {
            throw new UnreadableRecord("a " + received.message().getSchema().getName() + " is no request", null);
        }
        var violations = new ArrayList<>(webhooks.violations(LaunchRequests.fromCommand(message)));
        var jobId = JobIds.of(message).toString();
        return new JobCommandListener.Addressed(jobId,
                authors.judge(record, message).flatMap(authored -> command(jobId, authored, violations)));
    }

    private Mono<JobCommand> command(String jobId, RequestAuthors.Authored authored, List<Violation> violations) {
        var request = LaunchRequests.fromCommand(authored.request());
        var obstacles = new ArrayList<>(authored.violations());
        obstacles.addAll(violations);
        RequestSize.violation(request).ifPresent(obstacles::add);
        // For somebody who may not ask nothing is looked for.
        var further = authored.violations().isEmpty()
                ? Mono.zip(credentialObstacle(request), webhookObstacles(request, violations))
                : Mono.just(Tuples.of(Optional.<Violation>empty(), List.<Violation>of()));
        return further.map(found -> {
            found.getT1().ifPresent(obstacles::add);
            obstacles.addAll(found.getT2());
            return new JobCommand.AcceptJob(jobId, request, RequestFingerprint.of(request),
                    priorAcceptance(authored), obstacles);
        });
    }

    /** What the marketplace asks for was approved and paid for: whatever stands against it, there is a job that says so. */
    private static PriorAcceptance priorAcceptance(RequestAuthors.Authored authored) {
        return authored.violations().isEmpty() && TargetKeys.isReserved(authored.request().getIdempotencyKey())
                ? PriorAcceptance.THIS_REQUEST : PriorAcceptance.NONE;
    }

    /** An address that is a mistake is registered by nobody. */
    private Mono<List<Violation>> webhookObstacles(LaunchRequest request, List<Violation> violations) {
        return violations.stream().anyMatch(one -> one.field().equals(WebhookRules.FIELD)) ? Mono.just(List.of())
                : admission.obstacles(request);
    }

    private Mono<Optional<Violation>> credentialObstacle(LaunchRequest request) {
        var name = new CredentialName(request.ownership().tenant(), request.credentialId());
        return usable.find(new Needed(name, request.adAccountId())).hasElement().map(found -> {
            if (found) {
                return Optional.empty();
            }
            return Optional.of(token(credentials.accessToken(name)).isPresent() ? CredentialRules.NOT_FOR_AD_ACCOUNT
                    : new Violation("credentialId", "is not known"));
        });
    }

    private static Optional<String> token(Optional<String> stored) {
        return stored.filter(text -> !text.isBlank());
    }
}
