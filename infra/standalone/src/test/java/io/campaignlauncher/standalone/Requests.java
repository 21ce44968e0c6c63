package io.campaignlauncher.standalone;

import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CampaignSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.Strategy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
                .setAd(new AdSpec("{\"object_story_spec\":{\"page_id\":\"1000000001\","
                        + "\"link_data\":{\"link\":\"https://example.com\",\"message\":\"Hello\"}}}", Map.of()));
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
        body.put("campaign", Map.of("name", request.getCampaign().getName(), "objective",
                request.getCampaign().getObjective(), "specialAdCategories",
                request.getCampaign().getSpecialAdCategories()));
        body.put("adSet", Map.of("dailyBudget", request.getAdSet().getDailyBudget(), "billingEvent",
                request.getAdSet().getBillingEvent(), "optimizationGoal", request.getAdSet().getOptimizationGoal(),
                "targeting", JSON.readTree(request.getAdSet().getTargeting())));
        body.put("ad", Map.of("creative", JSON.readTree(request.getAd().getCreative())));
        putIfGiven(body, "retryBudget", request.getRetryBudget());
        putIfGiven(body, "rollbackPolicy", request.getRollbackPolicy());
        putIfGiven(body, "duplicateName", request.getDuplicateName());
        if (request.getWebhook() != null) {
            body.put("notify", Map.of("webhook", request.getWebhook()));
        }
        return body;
    }

    private static void putIfGiven(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value instanceof Enum<?> word ? word.name() : value);
        }
    }
}
