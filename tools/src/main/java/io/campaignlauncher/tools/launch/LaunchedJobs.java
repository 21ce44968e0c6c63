package io.campaignlauncher.tools.launch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Jobs that are followed until each has ended, or waits for a person. */
public final class LaunchedJobs {

    private static final Set<String> ENDS = Set.of("completed", "failed", "rolled_back");

    private final ServiceApi api;
    private final Map<String, Standing> standings = new LinkedHashMap<>();

    public LaunchedJobs(ServiceApi api, List<LaunchedFile.Job> jobs) {
        this.api = api;
        jobs.forEach(job -> standings.put(job.jobId(), new Standing(job, "pending", 0, 0, 0, 0, null, null, false)));
    }

    /**
     * Where a job stands.
     *
     * @param why    why it did not complete; null: nothing is known against it
     * @param asking a person has to decide about its rollback
     */
    public record Standing(LaunchedFile.Job job, String status, int adSetsWanted, int adsWanted, int adSets, int ads,
            @Nullable String facebookCampaignId, @Nullable String why, boolean asking) {

        public boolean completed() {
            return status.equals("completed");
        }

        /** Nothing more comes of it by itself. */
        public boolean rests() {
            return ENDS.contains(status) || asking;
        }

        private static Standing of(LaunchedFile.Job job, JsonNode body) {
            var rollback = body.path("rollback");
            var why = rollback.path("reason").asString("");
            return new Standing(job, body.path("status").asString(""), body.path("requested").path("adSets").asInt(),
                    body.path("requested").path("ads").asInt(), body.path("created").path("adSets").asInt(),
                    body.path("created").path("ads").asInt(), text(body.path("facebookCampaignId")),
                    why.isEmpty() ? text(body.path("lastError")) : why,
                    rollback.path("awaitingConfirmation").asBoolean(false));
        }

        private static @Nullable String text(JsonNode node) {
            return node.isString() ? node.stringValue() : null;
        }
    }

    /** Asks about each that has not come to rest. @return those that have now */
    public List<Standing> look() throws InterruptedException {
        var rested = new ArrayList<Standing>();
        for (var standing : List.copyOf(standings.values())) {
            if (!standing.rests()) {
                var job = standing.job();
                var now = Standing.of(job, api.get("/v1/jobs/" + job.jobId()).body());
                standings.put(job.jobId(), now);
                if (now.rests()) {
                    rested.add(now);
                }
            }
        }
        return rested;
    }

    public Collection<Standing> all() {
        return standings.values();
    }

    public boolean rest() {
        return standings.values().stream().allMatch(Standing::rests);
    }

    /** Ad sets and ads that are there. */
    public long created() {
        return standings.values().stream().mapToLong(one -> (long) one.adSets() + one.ads()).sum();
    }
}
