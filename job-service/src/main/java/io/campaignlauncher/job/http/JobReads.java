package io.campaignlauncher.job.http;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.http.IdempotencyKeys.AcceptedRequest;
import io.campaignlauncher.job.view.EntityCounts;
import io.campaignlauncher.job.view.IdempotencyFigures;
import io.campaignlauncher.job.view.JobDetails;
import io.campaignlauncher.job.view.JobQueries.Verifications;
import io.campaignlauncher.job.view.JobQueries.Versioned;
import io.campaignlauncher.job.view.JobQueries;
import io.campaignlauncher.job.view.SlotDetails;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Shows jobs as they are. A request that was taken and has not become a job yet shows as pending. */
final class JobReads {

    /** An entity that a rollback would delete. */
    private record ToDelete(String entityType, int slotNumber, String facebookId, String name) {}

    private final JobQueries jobs;
    private final IdempotencyKeys accepted;
    private final HttpSettings settings;

    JobReads(JobQueries jobs, IdempotencyKeys accepted, HttpSettings settings) {
        this.jobs = jobs;
        this.accepted = accepted;
        this.settings = settings;
    }

    Mono<ServerResponse> list(ServerRequest request) {
        var filter = JobFilters.of(request);
        var place = JobFilters.place(request);
        int limit = Paging.limit(request, settings);
        return Asking.visibility(request)
                .flatMap(visible -> Blocking.call(() -> jobs.jobs(visible, filter, place, limit)))
                .flatMap(Responses::ok);
    }

    Mono<ServerResponse> job(ServerRequest request) {
        return answer(request,
                (jobId, visible) -> jobs.job(jobId, visible).map(job -> new Versioned<Object>(job.version(), job)),
                JobReads::pendingJob);
    }

    Mono<ServerResponse> slots(ServerRequest request) {
        return answer(request, jobs::slots, _ -> List.of());
    }

    Mono<ServerResponse> idempotency(ServerRequest request) {
        return answer(request, jobs::idempotency, JobReads::nothingYet);
    }

    Mono<ServerResponse> verification(ServerRequest request) {
        return answer(request, jobs::verifications, _ -> new Verifications(List.of(), null));
    }

    /** What a rollback would delete now, in its order: ads, ad sets, the campaign. */
    Mono<ServerResponse> rollbackPreview(ServerRequest request) {
        var nothing = new JobDetails.Rollback(false, null, null, null, false);
        return answer(request, (jobId, visible) -> jobs.rollback(jobId, visible)
                .map(found -> new Versioned<>(found.version(),
                        preview(jobId, found.answer().rollback(), found.answer().slots()))),
                pending -> preview(pending.jobId(), nothing, List.of()));
    }

    private static Map<String, @Nullable Object> preview(UUID jobId, JobDetails.Rollback rollback,
            List<SlotDetails> slots) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("jobId", jobId);
        answer.put("awaitingConfirmation", rollback.awaitingConfirmation());
        answer.put("triggered", rollback.triggered());
        answer.put("policy", rollback.policy());
        answer.put("reason", rollback.reason());
        answer.put("entities", slots.reversed()
                .stream()
                .filter(slot -> slot.status().equals("created"))
                .map(slot -> new ToDelete(slot.entityType(), slot.slotNumber(), String.valueOf(slot.facebookId()),
                        slot.name()))
                .toList());
        return answer;
    }

    /**
     * The answer bears the job's version as its entity tag; who has it already, and says so, gets 304.
     *
     * @param pending for a request that was taken and has not become a job yet; it has no version
     */
    private <T> Mono<ServerResponse> answer(ServerRequest request,
            BiFunction<UUID, Visibility, Optional<Versioned<T>>> query, Function<AcceptedRequest, ?> pending) {
        var jobId = PathJobId.of(request);
        return Asking.visibility(request).flatMap(visible -> Blocking.call(() -> {
            var found = query.apply(jobId, visible);
            return found.isPresent() ? found.get() : accepted.find(jobId, visible).orElseThrow(Problem::noSuchJob);
        })).flatMap(known -> switch (known) {
            case Versioned<?>(var version, var body) -> Responses.ok(request, version, body);
            case AcceptedRequest taken -> Responses.ok(pending.apply(taken));
            default -> Mono.error(new IllegalStateException("neither a job nor a request: " + known.getClass()));
        });
    }

    private static Map<String, Object> pendingJob(AcceptedRequest request) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("jobId", request.jobId());
        answer.put("status", "pending");
        answer.put("userId", request.userId());
        answer.put("requested", new JobDetails.Count(request.adSets(), request.ads()));
        answer.put("created", new JobDetails.Count(0, 0));
        answer.put("createdAt", request.createdAt());
        return answer;
    }

    private static IdempotencyFigures nothingYet(AcceptedRequest request) {
        return IdempotencyFigures.of(new EntityCounts(1, request.adSets(), request.ads()), EntityCounts.NONE, null,
                null, null, true);
    }
}
