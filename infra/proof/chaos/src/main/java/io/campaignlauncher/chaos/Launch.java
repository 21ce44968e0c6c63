package io.campaignlauncher.chaos;

import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CampaignSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.ListedAd;
import io.campaignlauncher.schemas.ListedAdSet;
import io.campaignlauncher.schemas.Strategy;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A request for a campaign with so many ad sets and an ad in each.
 *
 * @param name   the campaign's, and the idempotency key
 * @param listed each ad set and each ad has something of its own
 */
public record Launch(String userId, String adAccountId, String name, int adSets, boolean listed) {

    public static final String CREDENTIAL = "launches";
    public static final String TOKEN = "EAAlaunchesAccessToken0123456789";
    public static final String PIXEL = "2000000001";
    public static final String TARGETING = "{\"geo_locations\":{\"countries\":[\"US\"]}}";
    public static final String CREATIVE = """
            {"object_story_spec":{"page_id":"1000000001","link_data":{"link":"https://example.com","message":"Hello"}}}""";
    /** In the name of a launch whose ads Facebook refuses for good. */
    public static final String REFUSED = " (refused)";
    private static final String PAGE = "1000000001";

    /** How it has to end. */
    String end() {
        return name.contains(REFUSED) ? "JobRolledBack" : "JobCompleted";
    }

    /** Campaign, ad sets and ads. */
    public int entities() {
        return 1 + 2 * adSets;
    }

    /** A key holds no blanks. */
    String key() {
        return name.replace(' ', '_');
    }

    public String jobId() {
        return JobIds.of(userId, key()).toString();
    }

    /** The same request for the HTTP API, as JSON. */
    String body() {
        return """
                {"userId": "%s", "adAccountId": "%s", "credentialId": "%s", "strategy": "%s", "adSetCount": %d,
                 "pageId": "%s", "pixelId": "%s", "campaign": {"name": "%s", "objective": "OUTCOME_SALES"},
                 "adSet": {"dailyBudget": 2000, "billingEvent": "IMPRESSIONS", "optimizationGoal": "OFFSITE_CONVERSIONS",
                           "targeting": %s},
                 "ad": {"creative": %s},
                 "adSets": [%s]}"""
                .formatted(userId, adAccountId, CREDENTIAL, strategy(), adSets, PAGE, PIXEL, name, TARGETING,
                        CREATIVE, listing().stream().map(Launch::json).collect(Collectors.joining(",")));
    }

    private static String json(ListedAdSet adSet) {
        var ad = adSet.getAds().getFirst();
        return """
                {"name": "%s", "dailyBudget": %d, "ads": [{"name": "%s", "creative": %s}]}"""
                .formatted(adSet.getName(), adSet.getDailyBudget(), ad.getName(), ad.getCreative());
    }

    private Strategy strategy() {
        return listed ? Strategy.AS_LISTED : Strategy.ONE_FIFTY_ONE;
    }

    private List<ListedAdSet> listing() {
        return IntStream.rangeClosed(1, listed ? adSets : 0).mapToObj(i -> ListedAdSet.newBuilder()
                .setName(name + ", set " + i).setDailyBudget(2_000L + i)
                .setAds(List.of(new ListedAd(name + ", ad " + i, CREATIVE.replace("Hello", "Hello " + i), Map.of())))
                .build()).toList();
    }

    public CreateCampaign request() {
        return CreateCampaign.newBuilder()
                .setIdempotencyKey(key())
                .setUserId(userId)
                .setAdAccountId(adAccountId)
                .setCredentialId(CREDENTIAL)
                .setStrategy(strategy())
                .setAdSets(listing())
                .setAdSetCount(adSets)
                .setPageId(PAGE)
                .setPixelId(PIXEL)
                .setCampaign(new CampaignSpec(name, "OUTCOME_SALES", List.of(), Map.of()))
                .setAdSet(new AdSetSpec(2000L, "IMPRESSIONS", "OFFSITE_CONVERSIONS", TARGETING, Map.of()))
                .setAd(new AdSpec(CREATIVE, Map.of()))
                .build();
    }
}
