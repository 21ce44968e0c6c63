package io.campaignlauncher.verification.graph;

import io.campaignlauncher.accountcheck.AccountCheck;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.TokenLookup;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphCallPurpose;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PostVerificationReported;
import io.campaignlauncher.schemas.PreVerificationReported;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.schemas.VerificationOutcome;
import io.campaignlauncher.schemas.VerificationRequested;
import io.campaignlauncher.telemetry.TraceSpan;
import io.campaignlauncher.accountcheck.model.CallStats;
import io.campaignlauncher.verification.model.Comparison;
import io.campaignlauncher.worker.FactReporter;
import io.campaignlauncher.worker.calls.CalledFor;
import io.campaignlauncher.worker.calls.JobCalls;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Answers every request to verify with one report. Changes nothing on Facebook and waits for no retry: what could not be read
 * is reported as such, and the job decides when to ask again. Any message may come twice.
 */
public final class Verifier {

    /** The messages of {@code job.events} that are for the verifier. */
    public static final Set<String> MESSAGES = Set.of(PreVerificationRequested.getClassSchema().getName(),
            VerificationRequested.getClassSchema().getName());

    private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);

    private final TokenLookup tokens;
    private final AccountCheck accounts;
    private final CampaignReader campaigns;
    private final FactReporter reporter;
    private final JobCalls calls;
    private final Clock clock;
    private final VerifierSettings settings;

    /** @param scheduler for the wait for a credential */
    public Verifier(Graph graph, AccessTokens tokens, FactReporter reporter, JobCalls calls, Clock clock,
            Scheduler scheduler, VerifierSettings settings) {
        var reads = new GraphReads(graph, settings.pagesMax());
        this.tokens = new TokenLookup(tokens, settings.credentialPatience(), scheduler);
        this.accounts = new AccountCheck(reads, settings.limits(), clock);
        this.campaigns = new CampaignReader(reads, clock);
        this.reporter = reporter;
        this.calls = calls;
        this.clock = clock;
        this.settings = settings;
    }

    /** Completes when the report is durable; an error means that the message has to be handled again. */
    public Mono<Void> handle(LaunchRecords.Received received) {
        return switch (received.message()) {
            case PreVerificationRequested request -> calls
                    .noted(reads(request.getJobId(), GraphCallPurpose.CHECK_ACCOUNT, request.getAttempt(),
                            received.envelope()), before(request))
                    .flatMap(report -> reporter.report(request.getJobId(), report, received.envelope()));
            case VerificationRequested request -> calls
                    .noted(reads(request.getJobId(), GraphCallPurpose.VERIFY, request.getAttempt(),
                            received.envelope()), after(request))
                    .flatMap(report -> reporter.report(request.getJobId(), report, received.envelope()));
            default -> Mono.empty();
        };
    }

    private static CalledFor reads(String jobId, GraphCallPurpose purpose, int attempt, Envelope cause) {
        return new CalledFor(jobId, purpose, purpose, attempt, cause);
    }

    private Mono<PreVerificationReported> before(PreVerificationRequested request) {
        return Mono.deferContextual(context -> {
            var begun = clock.instant();
            return tokens
                    .find(new CredentialName(request.getTenant(), request.getCredentialId()), request.getAdAccountId())
                    .map(token -> new AccessToken(token, request.getAdAccountId()))
                    .flatMap(token -> accounts.of(token, request, begun))
                    .switchIfEmpty(Mono.fromSupplier(() -> accounts.withoutCredential(request, begun)))
                    .map(AccountCheck.Checked::report)
                    .doOnNext(report -> TraceSpan.of(context).on(LOG.atInfo())
                            .log("Job {}, check {} before the launch: {} in {} ms", report.getJobId(),
                                    report.getAttempt(), report.getOutcome(), report.getDurationMs()));
        });
    }

    private Mono<PostVerificationReported> after(VerificationRequested request) {
        return Mono.deferContextual(context -> {
            var begun = clock.instant();
            return tokens
                    .find(new CredentialName(request.getTenant(), request.getCredentialId()), request.getAdAccountId())
                    .map(token -> new AccessToken(token, request.getAdAccountId()))
                    .flatMap(token -> campaigns.read(token, request))
                    .map(answer -> compare(request, answer, begun, TraceSpan.of(context)))
                    .switchIfEmpty(Mono.fromSupplier(() -> withoutCredential(request, begun)));
        });
    }

    private PostVerificationReported compare(VerificationRequested request, CampaignReader.CampaignRead answer,
            Instant begun, TraceSpan span) {
        var result = Comparison.compare(request, answer.snapshot(), since(begun, answer.httpCalls()),
                settings.surplusMax());
        var report = result.report();
        span.on(LOG.atInfo()).log(
                "Job {}, verification {}: {}, {} missing, {} unknown to the slots and {} more, in {} ms",
                report.getJobId(),
                report.getAttempt(), report.getOutcome(), report.getMissing().size(),
                report.getUnknownToSlots().size(), report.getUnknownLeftOut(), report.getDurationMs());
        if (result.foreignAdSets() + result.foreignAds() > 0) {
            span.on(LOG.atInfo()).log("Job {}: its campaign also holds {} ad sets and {} ads that somebody else made",
                    report.getJobId(), result.foreignAdSets(), result.foreignAds());
        }
        return report;
    }

    private PostVerificationReported withoutCredential(VerificationRequested request, Instant begun) {
        return PostVerificationReported.newBuilder()
                .setJobId(request.getJobId())
                .setAttempt(request.getAttempt())
                .setOutcome(VerificationOutcome.INCONCLUSIVE)
                .setFault(GraphFault.newBuilder()
                        .setKind(ErrorKind.PERMANENT)
                        .setMessage("credential " + request.getCredentialId() + " is not known")
                        .build())
                .setDurationMs(since(begun, 0).took().toMillis())
                .build();
    }

    private CallStats since(Instant begun, int httpCalls) {
        return new CallStats(Duration.between(begun, clock.instant()), httpCalls);
    }
}
