package io.campaignlauncher.job.kafka;

import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.job.request.RequestSize;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.ArrayList;

/** Reads requests. One that breaks a rule or names an unknown credential never becomes a job. */
final class RequestReader implements RecordsToJobs.CommandReader {

    private final Credentials credentials;
    private final WebhookRules webhooks;

    RequestReader(Credentials credentials, WebhookRules webhooks) {
        this.credentials = credentials;
        this.webhooks = webhooks;
    }

    @Override
    public RecordsToJobs.Addressed read(LaunchRecords.Received received) {
        if (!(received.message() instanceof CreateCampaign message)) {
            throw new UnreadableRecord("a " + received.message().getSchema().getName() + " is no request", null);
        }
        var request = LaunchRequests.fromCommand(message);
        var violations = new ArrayList<>(webhooks.violations(request));
        RequestSize.violation(request).ifPresent(violations::add);
        if (credentials.accessToken(request.credentialId()).isEmpty()) {
            violations.add(new Violation("credentialId", "is not known"));
        }
        if (!violations.isEmpty()) {
            throw new UnreadableRecord(Violations.described(violations), null);
        }
        var jobId = JobIds.of(request.userId(), request.idempotencyKey());
        return new RecordsToJobs.Addressed(jobId.toString(),
                new JobCommand.AcceptJob(jobId.toString(), request, RequestFingerprint.of(request), false));
    }
}
