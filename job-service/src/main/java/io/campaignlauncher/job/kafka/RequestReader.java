package io.campaignlauncher.job.kafka;

import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.PriorAcceptance;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.job.request.RequestSize;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

/**
 * Reads requests, and says what stands against each where it came in. A token may be on its way to this instance, so one that is
 * not known is waited for a little.
 */
final class RequestReader implements JobCommandListener.CommandReader {

    private final PatientLookup<CredentialName, String> credentials;
    private final RequestAuthors authors;
    private final WebhookRules webhooks;

    RequestReader(Credentials credentials, RequestAuthors authors, WebhookRules webhooks, InstantSource clock) {
        this.credentials = new PatientLookup<>(
                name -> Mono.justOrEmpty(credentials.accessToken(name).filter(token -> !token.isBlank())), clock);
        this.authors = authors;
        this.webhooks = webhooks;
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
        var credential = new CredentialName(request.ownership().tenant(), request.credentialId());
        // For somebody who may not ask no credential is looked for.
        var known = authored.violations().isEmpty() ? credentials.find(credential).hasElement() : Mono.just(true);
        return known.map(found -> {
            if (!found) {
                obstacles.add(new Violation("credentialId", "is not known"));
            }
            return new JobCommand.AcceptJob(jobId, request, RequestFingerprint.of(request), false,
                    PriorAcceptance.NONE, obstacles);
        });
    }
}
