package io.campaignlauncher.job.http;

import io.campaignlauncher.job.http.AcceptedRequests.AcceptedRequest;
import io.campaignlauncher.job.model.JobStatus;
import io.campaignlauncher.job.view.EntityCounts;
import io.campaignlauncher.job.view.IdempotencyFigures;
import io.campaignlauncher.job.view.JobDetails;
import io.campaignlauncher.job.view.JobQueries;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Shows jobs as the read model has them. A request that was taken but is not in the tables yet shows as pending. */
final class JobReads {

    private static final List<String> STATUSES = Arrays.stream(JobStatus.values())
            .map(status -> status.name().toLowerCase(Locale.ROOT))
            .toList();

    /** An entity that a rollback would delete. */
    private record ToDelete(String entityType, int slotNumber, String facebookId, String name) {}

    private final JobQueries jobs;
    private final AcceptedRequests accepted;
    private final HttpSettings settings;

    JobReads(JobQueries jobs, AcceptedRequests accepted, HttpSettings settings) {
        this.jobs = jobs;
        this.accepted = accepted;
        this.settings = settings;
    }

    Mono<ServerResponse> list(ServerRequest request) {
        var userId = request.queryParam("userId").orElse(null);
        var status = request.queryParam("status").orElse(null);
        if (status != null && !STATUSES.contains(status)) {
            return Mono.error(Problem.badRequest("status", "must be one of " + STATUSES));
        }
        var after = number(request, "after", Long.MAX_VALUE);
        var asked = number(request, "limit", settings.pageSizeMax());
        int limit = asked == null ? settings.pageSize() : asked.intValue();
        return Blocking.call(() -> jobs.jobs(userId, status, after, limit)).flatMap(found -> {
            var answer = new LinkedHashMap<String, @Nullable Object>();
            answer.put("jobs", found);
            answer.put("next", found.size() == limit ? found.getLast().number() : null);
            return Answers.ok(answer);
        });
    }

    Mono<ServerResponse> job(ServerRequest request) {
        return answer(request, this::jobOrPending);
    }

    Mono<ServerResponse> slots(ServerRequest request) {
        return answer(request, jobId -> {
            var slots = jobs.slots(jobId);
            if (slots.isEmpty()) {
                jobOrPending(jobId);
            }
            return slots;
        });
    }

    Mono<ServerResponse> idempotency(ServerRequest request) {
        return answer(request, jobId -> jobs.idempotency(jobId).orElseGet(() -> nothingYet(pending(jobId))));
    }

    Mono<ServerResponse> verification(ServerRequest request) {
        return answer(request, jobId -> {
            var before = jobs.preVerifications(jobId);
            if (before.isEmpty()) {
                jobOrPending(jobId);
            }
            var answer = new LinkedHashMap<String, @Nullable Object>();
            answer.put("preCreation", before);
            answer.put("postCreation", jobs.lastVerification(jobId).orElse(null));
            return answer;
        });
    }

    /** What a rollback would delete now, in its order: ads, ad sets, the campaign. */
    Mono<ServerResponse> rollbackPreview(ServerRequest request) {
        return answer(request, jobId -> {
            var rollback = jobs.job(jobId).map(JobDetails::rollback).orElseGet(() -> {
                pending(jobId);
                return new JobDetails.Rollback(false, null, null, null, false);
            });
            var entities = jobs.slots(jobId)
                    .reversed()
                    .stream()
                    .filter(slot -> slot.status().equals("created"))
                    .map(slot -> new ToDelete(slot.entityType(), slot.slotNumber(), String.valueOf(slot.facebookId()),
                            slot.name()))
                    .toList();
            var answer = new LinkedHashMap<String, @Nullable Object>();
            answer.put("jobId", jobId);
            answer.put("awaitingConfirmation", rollback.awaitingConfirmation());
            answer.put("triggered", rollback.triggered());
            answer.put("policy", rollback.policy());
            answer.put("reason", rollback.reason());
            answer.put("entities", entities);
            return answer;
        });
    }

    private static Mono<ServerResponse> answer(ServerRequest request, Function<UUID, Object> query) {
        var jobId = PathJobId.of(request);
        return Blocking.call(() -> query.apply(jobId)).flatMap(Answers::ok);
    }

    private Object jobOrPending(UUID jobId) {
        return jobs.job(jobId).<Object>map(job -> job).orElseGet(() -> {
            var request = pending(jobId);
            var answer = new LinkedHashMap<String, Object>();
            answer.put("jobId", jobId);
            answer.put("status", "pending");
            answer.put("userId", request.userId());
            answer.put("requested", new JobDetails.Count(request.adSets(), request.ads()));
            answer.put("created", new JobDetails.Count(0, 0));
            answer.put("createdAt", request.createdAt());
            return answer;
        });
    }

    private AcceptedRequest pending(UUID jobId) {
        return accepted.find(jobId).orElseThrow(Problem::noSuchJob);
    }

    private static IdempotencyFigures nothingYet(AcceptedRequest request) {
        return IdempotencyFigures.of(new EntityCounts(1, request.adSets(), request.ads()), EntityCounts.NONE, null,
                null, null, true);
    }

    private static @Nullable Long number(ServerRequest request, String name, long max) {
        var text = request.queryParam(name).orElse(null);
        if (text == null) {
            return null;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Problem.badRequest(name, "must be a whole number from 1 to " + max);
    }
}
