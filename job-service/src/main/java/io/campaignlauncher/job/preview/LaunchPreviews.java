package io.campaignlauncher.job.preview;

import io.campaignlauncher.accountcheck.AccountCheck;
import io.campaignlauncher.accountcheck.AccountCheck.Checked;
import io.campaignlauncher.accountcheck.model.AccountFacts;
import io.campaignlauncher.accountcheck.model.AccountLimits;
import io.campaignlauncher.accountcheck.model.Faults;
import io.campaignlauncher.accountcheck.model.ReadResult;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.job.messages.ReportMessages;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.LaunchPlan;
import io.campaignlauncher.job.media.MediaFiles;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.LaunchJson;
import io.campaignlauncher.job.request.MediaReferences;
import io.campaignlauncher.job.request.ResolvedMedia;
import io.campaignlauncher.launchfile.Account;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.schemas.Check;
import io.campaignlauncher.schemas.CheckOutcome;
import io.campaignlauncher.schemas.VerificationOutcome;
import io.campaignlauncher.worker.creation.CreationBatches;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Makes previews: asks Facebook for a few seconds at most, and writes nothing. */
public final class LaunchPreviews {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(4);
    /** For the reading, with further pages where an account has hundreds of pages. */
    private static final Duration READING_MAX = Duration.ofSeconds(6);
    private static final int PAGES_MAX = 20;
    private static final AccountFacts.Account NOT_KNOWN = new AccountFacts.Account(0, 0, List.of(), 0, 0, "", "");

    private final AccountCheck check;
    private final Validation validation;
    private final AccessTokens tokens;
    private final HeldNames names;
    private final MediaFiles files;
    private final CreationBatches batches;
    private final JobPolicy policy;
    private final Clock clock;

    /** @param batches as creators make them */
    public LaunchPreviews(Graph graph, AccessTokens tokens, HeldNames names, MediaFiles files,
            AccountLimits limits, CreationBatches batches, JobPolicy policy, Clock clock) {
        var quick = graph.within(ANSWER_MAX);
        this.check = new AccountCheck(new GraphReads(quick, PAGES_MAX), limits, clock);
        this.validation = new Validation(quick);
        this.tokens = tokens;
        this.names = names;
        this.files = files;
        this.batches = batches;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * @param request  one that breaks no rule
     * @param validate whether Facebook is asked to check creations, too
     */
    public Mono<LaunchPreview> of(LaunchRequest request, boolean validate) {
        return Mono.fromCallable(() -> known(request))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(known -> {
                    var planned = PlannedLaunch.of(request, known.nameHeld(), known.media(), policy, clock.instant());
                    var token = token(request);
                    return checked(token, planned).flatMap(checked -> validated(validate, token, request, planned,
                            checked).map(validated -> preview(request, known, checked, validated)));
                });
    }

    /** What our own tables say. @param obstacles images and videos that nobody has uploaded */
    private record Known(boolean nameHeld, List<MediaFile> media, List<Violation> obstacles) {}

    /** Blocks. */
    private Known known(LaunchRequest request) {
        var references = MediaReferences.of(request);
        var media = references.isEmpty() ? List.<MediaFile>of()
                : MediaReferences.named(request, files.find(request.ownership().tenant(), request.adAccountId(),
                        request.mediaUpload(), references));
        return new Known(names.isHeld(request.adAccountId(), request.campaign().name()), media,
                MediaReferences.violations(request, media));
    }

    private Optional<AccessToken> token(LaunchRequest request) {
        return tokens.accessToken(new CredentialName(request.ownership().tenant(), request.credentialId()),
                request.adAccountId()).map(token -> new AccessToken(token, request.adAccountId()));
    }

    private Mono<Checked> checked(Optional<AccessToken> token, PlannedLaunch planned) {
        var begun = clock.instant();
        return token.isEmpty() ? Mono.just(check.withoutCredential(planned.check(), begun))
                : check.of(token.get(), planned.check(), begun)
                        .timeout(READING_MAX, Mono.fromSupplier(() -> check.unreadable(planned.check(),
                                Faults.unreadable("Facebook did not answer in time"), begun)));
    }

    /** Not where the token or the account is at fault: then Facebook would say nothing else of the creations. */
    private Mono<Validation.Validated> validated(boolean validate, Optional<AccessToken> token, LaunchRequest request,
            PlannedLaunch planned, Checked checked) {
        boolean usable = checked.report().getChecks().stream().filter(one -> switch (one.getName()) {
            case "account_accessible", "account_active", "token_valid" -> true;
            default -> false;
        }).noneMatch(one -> one.getOutcome() == CheckOutcome.FAILED || one.getOutcome() == CheckOutcome.NOT_REACHED);
        return validate && usable && token.isPresent()
                ? validation.of(token.get(), ResolvedMedia.in(request, ready(checked)), planned.create())
                : Mono.just(new Validation.Validated(List.of(),
                        List.of(new Violation("campaign", "Facebook was not asked")), List.of(), true));
    }

    /** Images and videos that can be shown now. */
    private static List<MediaFile> ready(Checked checked) {
        return ReportMessages.report(checked.report()).media();
    }

    private LaunchPreview preview(LaunchRequest request, Known known, Checked checked,
            Validation.Validated validated) {
        var report = checked.report();
        var fields = new CheckedFields(request);
        var blockers = new ArrayList<>(fields.of(report.getChecks(), CheckOutcome.FAILED));
        blockers.addAll(known.obstacles());
        blockers.addAll(validated.refusals());
        var warnings = new ArrayList<>(fields.of(report.getChecks(), CheckOutcome.WARNED));
        if (report.getFault() != null) {
            warnings.add(new Violation("adAccountId",
                    "Facebook could not be asked: " + Faults.reason(report.getFault())));
        }
        var outcome = !blockers.isEmpty() ? VerificationOutcome.REFUSED
                : validated.answered() ? report.getOutcome() : VerificationOutcome.INCONCLUSIVE;
        return new LaunchPreview(outcome, plan(request, checked), report.getChecks(), blockers, warnings,
                validated.validated(), validated.notValidated());
    }

    private LaunchPreview.Plan plan(LaunchRequest request, Checked checked) {
        var account = checked.facts().account() instanceof ReadResult.Known<AccountFacts.Account>(var known) ? known
                : NOT_KNOWN;
        var plan = LaunchPlan.of(request);
        var made = Names.of(plan);
        var calls = Calls.of(made, checked.report().getHttpCalls(), batches);
        var price = Price.of(request, plan.adSets(),
                new Account(account.currency().isEmpty() ? null : account.currency(), zone(account.timeZone())),
                account.timeZone().isEmpty() ? null : account.timeZone());
        var outcomes = new TreeMap<String, String>();
        for (Check one : checked.report().getChecks()) {
            outcomes.put(one.getName(), one.getOutcome().name());
        }
        return new LaunchPreview.Plan(made, calls, price, PreviewHash.of(LaunchJson.write(request), made, calls, price,
                List.of(request.adAccountId(), account.currency(), account.timeZone()), outcomes));
    }

    private static @Nullable ZoneId zone(String name) {
        try {
            return name.isEmpty() ? null : ZoneId.of(name);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
