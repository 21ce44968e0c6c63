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
import io.campaignlauncher.messaging.TokenLookup;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reads requests, and says what stands against each where it came in. A token may be on its way to this instance, so one that is
 * not known is waited for a little; one that was waited for in vain is not, for a while.
 */
final class RequestReader implements JobCommandListener.CommandReader {

    private static final Duration IN_VAIN_FOR = Duration.ofSeconds(30);
    private static final int IN_VAIN_MAX = 1_000;

    private final Credentials credentials;
    private final TokenLookup patiently;
    private final WebhookRules webhooks;
    private final InstantSource clock;
    /** Credentials that were waited for in vain, and until when they are not waited for again. */
    private final Map<CredentialName, Instant> inVain = new ConcurrentHashMap<>();

    RequestReader(Credentials credentials, WebhookRules webhooks, InstantSource clock) {
        this.credentials = credentials;
        this.patiently = new TokenLookup(credentials, TokenLookup.PATIENCE, Schedulers.parallel());
        this.webhooks = webhooks;
        this.clock = clock;
    }

    @Override
    public JobCommandListener.Addressed read(LaunchRecords.Received received) {
        if (!(received.message() instanceof CreateCampaign message)) {
            throw new UnreadableRecord("a " + received.message().getSchema().getName() + " is no request", null);
        }
        var request = LaunchRequests.fromCommand(message);
        var jobId = JobIds.of(message).toString();
        var fingerprint = RequestFingerprint.of(request);
        var violations = new ArrayList<>(webhooks.violations(request));
        RequestSize.violation(request).ifPresent(violations::add);
        return new JobCommandListener.Addressed(jobId,
                isKnown(new CredentialName(request.ownership().tenant(), request.credentialId())).map(known -> {
                    var obstacles = new ArrayList<>(violations);
                    if (!known) {
                        obstacles.add(new Violation("credentialId", "is not known"));
                    }
                    return new JobCommand.AcceptJob(jobId, request, fingerprint, false, PriorAcceptance.NONE,
                            obstacles);
                }));
    }

    private boolean isKnownNow(CredentialName name) {
        return credentials.accessToken(name).filter(token -> !token.isBlank()).isPresent();
    }

    private Mono<Boolean> isKnown(CredentialName name) {
        var until = inVain.get(name);
        var patient = until == null || until.isBefore(clock.instant());
        if (!patient) {
            return Mono.fromSupplier(() -> isKnownNow(name));
        }
        return patiently.find(name).hasElement().doOnNext(known -> {
            if (known) {
                inVain.remove(name);
            } else {
                if (inVain.size() >= IN_VAIN_MAX) {
                    inVain.clear();
                }
                inVain.put(name, clock.instant().plus(IN_VAIN_FOR));
            }
        });
    }
}
