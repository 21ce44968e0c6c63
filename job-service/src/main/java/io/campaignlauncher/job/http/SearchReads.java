package io.campaignlauncher.job.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.campaignlauncher.access.http.QueryParameters;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.http.IdempotencyKeys.AcceptedRequest;
import io.campaignlauncher.job.view.ErrorCode;
import io.campaignlauncher.job.view.JobDetails;
import io.campaignlauncher.job.view.JobFilter;
import io.campaignlauncher.job.view.JobPage.Place;
import io.campaignlauncher.job.view.JobQueries;
import io.campaignlauncher.job.view.SlotDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/search}: what one text may mean, and the jobs that it leads to. */
final class SearchReads {

    static final int JOBS_MAX = 5;
    private static final int CHARACTERS_MAX = 200;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern FACEBOOK_ID = Pattern.compile("\\d{1,30}");
    private static final Pattern ACCOUNT = Pattern.compile("(?:act_)?(\\d{1,20})");

    private final JobQueries jobs;
    private final IdempotencyKeys accepted;

    /**
     * Something that the text may mean.
     *
     * @param filter of {@code GET /v1/jobs}, which gives all of them with this value; null: there is one
     * @param entity with this Facebook id; null: it is no such id
     * @param jobs   the newest
     * @param more   whether there are more
     */
    private record Match(String kind, @Nullable String filter, String value,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Entity entity, List<Found> jobs, boolean more) {}

    private record Entity(String entityType, int slotNumber, String name) {}

    /** @param number null: none yet @param campaignName null: its request waits, and is no job yet; so the account */
    private record Found(UUID jobId, @Nullable Long number, @Nullable String campaignName, String status, String userId,
            @Nullable String adAccountId, Instant createdAt) {

        static Found of(JobDetails job) {
            return new Found(job.jobId(), job.number(), job.campaignName(), job.status(), job.userId(),
                    job.adAccountId(), job.createdAt());
        }

        static Found of(AcceptedRequest request) {
            return new Found(request.jobId(), null, null, "pending", request.userId(), null, request.createdAt());
        }
    }

    SearchReads(JobQueries jobs, IdempotencyKeys accepted) {
        this.jobs = jobs;
        this.accepted = accepted;
    }

    Mono<ServerResponse> find(ServerRequest request) {
        var text = request.queryParam("q").flatMap(QueryParameters::readable).map(String::strip)
                .filter(given -> given.length() <= CHARACTERS_MAX)
                .orElseThrow(() -> Problem.badRequest("q",
                        "must have 1 to " + CHARACTERS_MAX + " characters, and no zero character"));
        return Asking.visibility(request)
                .flatMap(visible -> Blocking.call(() -> matches(visible, text)))
                .flatMap(found -> Responses.ok(Map.of("matches", found)));
    }

    /** What is most exact comes first. */
    private List<Match> matches(Visibility visible, String text) {
        var found = new ArrayList<Match>();
        PathJobId.read(text).flatMap(jobId -> job(visible, jobId)).ifPresent(found::add);
        if (NUMBER.matcher(text).matches()) {
            add(found, visible, "number", null, text, JobFilter.NONE.numbered(Long.parseLong(text)));
        }
        if (FACEBOOK_ID.matcher(text).matches()) {
            add(found, visible, "facebook_id", "facebookId", text, JobFilter.NONE.thatMade(text));
        }
        add(found, visible, "idempotency_key", "idempotencyKey", text, JobFilter.NONE.askedForAs(text));
        add(found, visible, "campaign_name", "name", text, JobFilter.NONE.named(text));
        var account = ACCOUNT.matcher(text);
        if (account.matches()) {
            var id = "act_" + account.group(1);
            add(found, visible, "ad_account", "adAccountId", id, JobFilter.NONE.onAccount(id));
        }
        add(found, visible, "user", "userId", text, JobFilter.NONE.ofUser(text));
        ErrorCode.of(text).ifPresent(
                error -> add(found, visible, "error_code", "errorCode", text, JobFilter.NONE.thatMet(error)));
        add(found, visible, "credential", "credentialId", text, JobFilter.NONE.withCredential(text));
        return found;
    }

    private Optional<Match> job(Visibility visible, UUID jobId) {
        return jobs.job(jobId, visible).map(Found::of)
                .or(() -> accepted.find(jobId, visible).map(Found::of))
                .map(job -> new Match("job_id", null, jobId.toString(), null, List.of(job), false));
    }

    private void add(List<Match> found, Visibility visible, String kind, @Nullable String filter, String value,
            JobFilter wanted) {
        var all = jobs.jobs(visible, wanted, Place.FIRST, JOBS_MAX + 1).jobs();
        if (all.isEmpty()) {
            return;
        }
        var shown = all.subList(0, Math.min(JOBS_MAX, all.size()));
        var entity = kind.equals("facebook_id") ? entity(shown.getFirst().jobId(), visible, value) : null;
        found.add(new Match(kind, filter, value, entity, shown.stream().map(Found::of).toList(),
                all.size() > JOBS_MAX));
    }

    private @Nullable Entity entity(UUID jobId, Visibility visible, String facebookId) {
        return jobs.slots(jobId, visible).stream().flatMap(slots -> slots.answer().stream())
                .filter(slot -> facebookId.equals(slot.facebookId())).findFirst().map(SearchReads::entity).orElse(null);
    }

    private static Entity entity(SlotDetails slot) {
        return new Entity(slot.entityType(), slot.slotNumber(), slot.name());
    }
}
