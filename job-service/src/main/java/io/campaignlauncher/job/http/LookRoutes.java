package io.campaignlauncher.job.http;

import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.job.look.Looks.TooManyLooks;
import io.campaignlauncher.job.look.Looks;
import io.campaignlauncher.job.look.StoredLook;
import io.campaignlauncher.job.stored.JobHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/jobs/{jobId}/looks}: what Facebook shows of a job, beside what is known of it. */
final class LookRoutes {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration COME_BACK_AFTER = Duration.ofSeconds(5);
    private static final String NONE = "none";

    private final Looks looks;
    private final JobHistory history;
    private final HistoryReads reads;

    LookRoutes(Looks looks, JobHistory history, HistoryReads reads) {
        this.looks = looks;
        this.history = history;
        this.reads = reads;
    }

    Mono<ServerResponse> latest(ServerRequest request) {
        var jobId = PathJobId.of(request);
        return Asking.visibility(request)
                .flatMap(visible -> Blocking.run(() -> reads.requireKnown(jobId, visible))
                        .then(Mono.defer(() -> looks.latest(jobId))))
                .flatMap(latest -> Responses.ok(latest.map(LookRoutes::document).orElseGet(() -> none(jobId))));
    }

    Mono<ServerResponse> look(ServerRequest request) {
        var jobId = PathJobId.of(request);
        return Asking.principal(request)
                .flatMap(asking -> Blocking.call(() -> begun(jobId, asking))
                        .flatMap(job -> looks.look(job, asking.username())))
                .onErrorMap(TooManyLooks.class, e -> HttpProblem.tooManyAtOnce(String.valueOf(e.getMessage()),
                        COME_BACK_AFTER))
                .flatMap(look -> Responses.of(
                        look.state() == StoredLook.State.LOOKING ? HttpStatus.ACCEPTED : HttpStatus.OK,
                        document(look)));
    }

    private RecordedJob begun(UUID jobId, Principal asking) {
        var visible = Visibility.of(asking);
        reads.requireKnown(jobId, visible);
        var job = history.job(jobId, Point.LATEST, visible);
        if (job.version() == RecordedJob.BEFORE_THE_FIRST || job.state().accepted() == null) {
            throw Problem.conflict("The launch has not begun", "There is nothing of it to look for yet.");
        }
        return job;
    }

    private static ObjectNode none(UUID jobId) {
        var document = document(jobId, NONE, null, null);
        return document.putNull("reason").putNull("retryAt").putNull("look");
    }

    private static ObjectNode document(StoredLook look) {
        var document = document(look.jobId(), look.state().name().toLowerCase(Locale.ROOT), look.askedAt(),
                look.askedBy()).put("reason", look.reason())
                .put("retryAt", look.retryAt() == null ? null : look.retryAt().toString());
        return look.found() == null ? document.putNull("look") : document.set("look", JSON.readTree(look.found()));
    }

    private static ObjectNode document(UUID jobId, String state, @Nullable Instant at, @Nullable String by) {
        return JSON.createObjectNode().put("jobId", jobId.toString()).put("state", state)
                .put("at", at == null ? null : at.toString()).put("by", by);
    }
}
