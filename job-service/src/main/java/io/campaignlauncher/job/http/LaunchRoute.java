package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.preview.LaunchPreview;
import io.campaignlauncher.job.preview.LaunchPreviews;
import io.campaignlauncher.job.preview.PreviewHash;
import io.campaignlauncher.job.view.JobQueries;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.VerificationOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1/jobs}: launches, or with {@code dryRun=true} shows what a launch would make. A launch that names a preview is made as
 * that one showed it, or not at all.
 */
final class LaunchRoute {

    /** Names a preview by its hash. */
    static final String PREVIEW = "Launch-Preview";
    private static final String DRY_RUN = "dryRun";
    private static final Set<String> CHOICES = Set.of("true", "false");
    private static final String ACTION = "job.preview";
    /** Stands for the key of a request that brings none: a preview uses up none. */
    private static final List<String> NO_KEY = List.of("preview");

    private final JobIntake intake;
    private final LaunchPreviews previews;
    private final JobQueries queries;
    private final AuditedChanges audited;

    LaunchRoute(JobIntake intake, LaunchPreviews previews, JobQueries queries, AuditedChanges audited) {
        this.intake = intake;
        this.previews = previews;
        this.queries = queries;
        this.audited = audited;
    }

    Mono<ServerResponse> take(ServerRequest request) {
        var choice = request.queryParam(DRY_RUN).orElse("false");
        if (!CHOICES.contains(choice)) {
            return Mono.error(Problem.badRequest(DRY_RUN, "must be true or false"));
        }
        return Asking.principal(request).flatMap(asking -> intake.body(request).flatMap(
                body -> Boolean.parseBoolean(choice) ? show(request, body, asking) : launch(request, body, asking)));
    }

    private Mono<ServerResponse> show(ServerRequest request, ObjectNode body, Principal asking) {
        var keys = request.headers().header(IdempotencyKey.HEADER);
        return Mono.fromCallable(() -> intake.judge(body, asking, keys.isEmpty() ? NO_KEY : keys))
                .flatMap(judged -> judged.misread().isEmpty() ? preview(judged)
                        : Mono.error(Problem.badRequest(judged.all())))
                .as(preview -> noted(request, body, preview))
                .flatMap(preview -> Responses.ok(PreviewAnswer.of(preview)));
    }

    private Mono<LaunchPreview> preview(LaunchBody.Judged judged) {
        return intake.obstacles(judged.request()).flatMap(obstacles -> {
            var against = new ArrayList<>(judged.broken());
            against.addAll(obstacles);
            return against.isEmpty() ? previews.of(judged.request(), true)
                    : Mono.just(LaunchPreview.refused(against));
        });
    }

    private Mono<LaunchPreview> noted(ServerRequest request, ObjectNode body, Mono<LaunchPreview> preview) {
        var made = preview.cache();
        var account = body.path("adAccountId").asString("");
        var wish = new AuditedChanges.Wish(ACTION, account.matches("act_\\d{1,30}") ? account : "no ad account", "");
        return audited.make(request, wish, made.then()).then(made);
    }

    private Mono<ServerResponse> launch(ServerRequest request, ObjectNode body, Principal asking) {
        var named = request.headers().header(PREVIEW);
        if (named.isEmpty()) {
            return intake.take(request, body, asking);
        }
        if (named.size() > 1 || !PreviewHash.isHash(named.getFirst())) {
            return Mono.error(Problem.badRequest(PREVIEW, "must be, once, the hash that a preview answered"));
        }
        return Mono.fromCallable(() -> intake.judge(body, asking, request.headers().header(IdempotencyKey.HEADER)))
                .flatMap(judged -> judged.all().isEmpty() ? Mono.just(judged.request())
                        : Mono.error(Problem.badRequest(judged.all())))
                .flatMap(launch -> requireAsShown(launch, named.getFirst(), Visibility.of(asking)))
                .then(Mono.defer(() -> intake.take(request, body, asking)));
    }

    /** What is a job already was made; it is answered as ever. Of several at once one may have become the job meanwhile. */
    private Mono<Void> requireAsShown(LaunchRequest launch, String hash, Visibility visible) {
        var jobId = JobIds.of(launch.ownership().tenant(), launch.userId(), launch.idempotencyKey());
        var isThere = Blocking.call(() -> queries.request(jobId, visible).isPresent());
        return isThere.flatMap(before -> before ? Mono.<Void>empty()
                : stillAsShown(launch, hash).onErrorResume(
                        error -> isThere.flatMap(meanwhile -> meanwhile ? Mono.empty() : Mono.error(error))));
    }

    private Mono<Void> stillAsShown(LaunchRequest launch, String hash) {
        return previews.of(launch, false).flatMap(now -> {
            if (now.outcome() == VerificationOutcome.INCONCLUSIVE) {
                return Mono.error(Problem.unavailable(
                        "The account cannot be read just now, so it is not known whether anything changed; send"
                                + " the request again."));
            }
            var differing = Objects.requireNonNull(now.plan()).hash().differing(hash);
            return differing.isEmpty() ? Mono.empty() : Mono.error(Problem.notAsShown(differing.stream()
                    .map(part -> new Violation(part, "is not what the preview showed")).toList()));
        });
    }
}
