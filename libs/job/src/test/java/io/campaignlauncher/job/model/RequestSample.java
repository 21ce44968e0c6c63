package io.campaignlauncher.job.model;

import io.campaignlauncher.job.model.JobCommand.AcceptJob;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
    Variations variations = Variations.NONE;
    @Nullable
    String startAt;

    /** One ad in each ad set. */
    public static LaunchRequest forAll(int adSets) {
        var sample = new RequestSample();
        sample.strategy = Strategy.FOR_ALL;
        sample.adSetCount = adSets;
        return sample.build();
    }

    /** So many ad sets with so many ads in each, each with a name, a budget and a creative of its own. */
    public static LaunchRequest listed(int adSets, int adsInEach) {
        return listed(IntStream.rangeClosed(1, adSets).mapToObj(i -> new ListedAdSet("Set " + i,
                1000L + i, null, null, null, Map.of(), IntStream.rangeClosed(1, adsInEach).mapToObj(
                        k -> new ListedAd("Ad " + i + "." + k, "{\"creative_id\":\"" + i + "0" + k + "\"}", Map.of()))
                        .toList()))
                .toList(), null);
    }

    /** @param targeting of every ad set; null: as usual */
    public static LaunchRequest listed(List<ListedAdSet> adSets, @Nullable String targeting) {
        var sample = new RequestSample();
        sample.strategy = Strategy.AS_LISTED;
        sample.adSetCount = null;
        sample.targeting = targeting == null ? sample.targeting : targeting;
        sample.variations = listing(adSets);
        return sample.build();
    }

    static Variations listing(List<ListedAdSet> adSets) {
        return new Variations(null, null, List.of(), List.of(), adSets, false);
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
                ownership, variations, startAt, null);
    }
}
