package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.model.AdSetSpec;
import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.CampaignSpec;
import io.campaignlauncher.job.model.JobCommand.AcceptJob;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.model.Strategy;
import java.util.List;
import java.util.Map;

/** Requests as upstream apps make them. */
public final class Requests {

    private Requests() {}

    public static LaunchRequest forAll(String key, int adSets) {
        return new LaunchRequest(key, "u-1", "act_1001", "default", Strategy.FOR_ALL, adSets, null, "1000000001",
                "2000000001",
                new CampaignSpec("Summer sale " + key, "OUTCOME_SALES", List.of(), Map.of()),
                new AdSetSpec(2000L, "IMPRESSIONS", "OFFSITE_CONVERSIONS",
                        "{\"geo_locations\":{\"countries\":[\"US\"]}}", Map.of()),
                new AdSpec("{\"object_story_spec\":{\"page_id\":\"1000000001\"}}", Map.of()), null, null, null, null,
                5);
    }

    public static AcceptJob accept(String jobId, LaunchRequest request) {
        return new AcceptJob(jobId, request, RequestFingerprint.of(request), false);
    }
}
