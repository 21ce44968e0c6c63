package io.campaignlauncher.standalone;

import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CampaignSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.ListedAd;
import io.campaignlauncher.schemas.ListedAdSet;
import io.campaignlauncher.schemas.Strategy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Launch requests, each with a user, a key and a campaign name of its own. */
final class Requests {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Requests() {}

    static CreateCampaign.Builder oneFiftyOne(String account, int adSets) {
        return request(account).setStrategy(Strategy.ONE_FIFTY_ONE).setAdSetCount(adSets);
    }

    static CreateCampaign.Builder forAll(String account, int adSets) {
        return request(account).setStrategy(Strategy.FOR_ALL).setAdSetCount(adSets);
    }

    static CreateCampaign.Builder forAds(String account, int ads) {
        return request(account).setStrategy(Strategy.FOR_ADS).setAdCount(ads);
    }

    /** So many ad sets, each with a name and a budget of its own and with so many ads, each with a name and a creative of its own. */
    static CreateCampaign.Builder listed(String account, int adSets, int adsInEach) {
        return request(account).setStrategy(Strategy.AS_LISTED)
                .setAdSets(IntStream.rangeClosed(1, adSets).mapToObj(i -> ListedAdSet.newBuilder()
                        .setName("Set " + i).setDailyBudget(1_000L + i)
                        .setAds(IntStream.rangeClosed(1, adsInEach)
                                .mapToObj(k -> new ListedAd("Ad " + i + "." + k, creative("Text " + i + "." + k),
                                        Map.of()))
                                .toList())
                        .build()).toList());
    }

    /** So many ad sets with one ad in each. */
    static CreateCampaign.Builder of(Strategy strategy, String account, int adSets) {
        return strategy == Strategy.AS_LISTED ? listed(account, adSets, 1)
                : request(account).setStrategy(strategy).setAdSetCount(adSets);
    }

    private static String creative(String message) {
        return "{\"object_story_spec\":{\"page_id\":\"1000000001\","
                + "\"link_data\":{\"link\":\"https://example.com\",\"message\":\"" + message + "\"}}}";
    }

    private static CreateCampaign.Builder request(String account) {
        var key = UUID.randomUUID().toString();
        return CreateCampaign.newBuilder()
                .setIdempotencyKey(key)
                .setUserId("buyer-" + key.substring(0, 8))
                .setAdAccountId(account)
                .setCredentialId(RunningSystem.CREDENTIAL)
                .setPageId("1000000001")
                .setPixelId("2000000001")
                .setCampaign(campaign("Summer sale " + key.substring(0, 8)))
                .setAdSet(new AdSetSpec(2000L, "IMPRESSIONS", "OFFSITE_CONVERSIONS",
                        "{\"geo_locations\":{\"countries\":[\"US\"]}}", Map.of()))
                .setAd(new AdSpec(creative("Hello"), Map.of()));
    }

    static CampaignSpec campaign(String name) {
        return new CampaignSpec(name, "OUTCOME_SALES", List.of(), Map.of());
    }

    /** The request as the HTTP API wants it; the key travels in a header. */
    static Map<String, Object> body(CreateCampaign request) {
        var body = new LinkedHashMap<String, Object>();
        body.put("userId", request.getUserId());
        body.put("adAccountId", request.getAdAccountId());
        body.put("credentialId", request.getCredentialId());
        body.put("strategy", request.getStrategy().name());
        putIfGiven(body, "adSetCount", request.getAdSetCount());
        putIfGiven(body, "adCount", request.getAdCount());
        putIfGiven(body, "pageId", request.getPageId());
        putIfGiven(body, "pixelId", request.getPixelId());
        putIfGiven(body, "startAt", request.getStartAt());
        putIfGiven(body, "mediaUpload", request.getMediaUpload());
        body.put("campaign", Map.of("name", request.getCampaign().getName(), "objective",
                request.getCampaign().getObjective(), "specialAdCategories",
                request.getCampaign().getSpecialAdCategories()));
        body.put("adSet", Map.of("dailyBudget", request.getAdSet().getDailyBudget(), "billingEvent",
                request.getAdSet().getBillingEvent(), "optimizationGoal", request.getAdSet().getOptimizationGoal(),
                "targeting", JSON.readTree(request.getAdSet().getTargeting())));
        body.put("ad", Map.of("creative", JSON.readTree(request.getAd().getCreative())));
        if (!request.getAdSets().isEmpty()) {
            body.put("adSets", request.getAdSets().stream().map(Requests::body).toList());
        }
        putIfGiven(body, "retryBudget", request.getRetryBudget());
        putIfGiven(body, "rollbackPolicy", request.getRollbackPolicy());
        putIfGiven(body, "duplicateName", request.getDuplicateName());
        if (request.getWebhook() != null) {
            body.put("notify", Map.of("webhook", request.getWebhook()));
        }
        return body;
    }

    private static Map<String, Object> body(ListedAdSet adSet) {
        var body = new LinkedHashMap<String, Object>();
        putIfGiven(body, "name", adSet.getName());
        putIfGiven(body, "dailyBudget", adSet.getDailyBudget());
        body.put("ads", adSet.getAds().stream().map(ad -> Map.of("name", Objects.requireNonNull(ad.getName()),
                "creative", JSON.readTree(Objects.requireNonNull(ad.getCreative())))).toList());
        return body;
    }

    private static void putIfGiven(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value instanceof Enum<?> word ? word.name() : value);
        }
    }
}
