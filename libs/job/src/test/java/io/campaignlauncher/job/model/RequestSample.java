package io.campaignlauncher.job.model;

import io.campaignlauncher.job.model.JobCommand.AcceptJob;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A good request of which a test changes one thing at a time. */
public final class RequestSample {

    String idempotencyKey = "summer-1";
    String userId = "u-1";
    String adAccountId = "act_1001";
    String credentialId = "default";
    @Nullable
    Strategy strategy = Strategy.ONE_FIFTY_ONE;
    @Nullable
    Integer adSetCount = 2;
    @Nullable
    Integer adCount;
    @Nullable
    String pageId = "1000000001";
    @Nullable
    String pixelId = "2000000001";
    String name = "Summer sale";
    List<String> specialAdCategories = List.of();
    String objective = "OUTCOME_SALES";
    @Nullable
    Long dailyBudget = 2000L;
    String billingEvent = "IMPRESSIONS";
    String optimizationGoal = "OFFSITE_CONVERSIONS";
    String targeting = "{\"geo_locations\":{\"countries\":[\"US\"]}}";
    String creative = "{\"object_story_spec\":{\"page_id\":\"1000000001\"}}";
    @Nullable
    Integer retryBudget;
    @Nullable
    RollbackPolicy rollbackPolicy;
    @Nullable
    DuplicateName duplicateName;
    @Nullable
    String webhook;
    Map<String, String> campaignGraphFields = Map.of();
    Map<String, String> adSetGraphFields = Map.of();
    int priority = 5;
    Ownership ownership = Ownership.LOCAL;

    /** One ad in each ad set. */
    public static LaunchRequest forAll(int adSets) {
        var sample = new RequestSample();
        sample.strategy = Strategy.FOR_ALL;
        sample.adSetCount = adSets;
        return sample.build();
    }

    public static AcceptJob accept(String jobId, LaunchRequest request) {
        return new AcceptJob(jobId, request, RequestFingerprint.of(request), false);
    }

    LaunchRequest build() {
        return new LaunchRequest(idempotencyKey, userId, adAccountId, credentialId, strategy, adSetCount, adCount,
                pageId,
                pixelId, new CampaignSpec(name, objective, specialAdCategories, campaignGraphFields),
                new AdSetSpec(dailyBudget, billingEvent, optimizationGoal, targeting, adSetGraphFields),
                new AdSpec(creative, Map.of()), retryBudget, rollbackPolicy, duplicateName, webhook, priority,
                ownership);
    }
}
