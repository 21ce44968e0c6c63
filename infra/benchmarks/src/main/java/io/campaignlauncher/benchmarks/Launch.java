package io.campaignlauncher.benchmarks;

import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CampaignSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.Strategy;
import java.util.List;
import java.util.Map;

/** One launch of 50 + 50, the same for the system and for the baselines. @param name the campaign's */
record Launch(String userId, String adAccountId, String name) {

    static final int AD_SETS = 50;
    static final int ENTITIES = 1 + 2 * AD_SETS;
    static final String PAGE = "1000000001";
    static final String PIXEL = "2000000001";
    static final String TARGETING = "{\"geo_locations\":{\"countries\":[\"US\"]}}";
    static final String CREATIVE = """
            {"object_story_spec":{"page_id":"1000000001","link_data":{"link":"https://example.com","message":"Hello"}}}""";
    static final String CREDENTIAL = "benchmark";
    static final String TOKEN = "benchmark-access-token";

    CreateCampaign request() {
        return CreateCampaign.newBuilder()
                .setIdempotencyKey(name)
                .setUserId(userId)
                .setAdAccountId(adAccountId)
                .setCredentialId(CREDENTIAL)
                .setStrategy(Strategy.ONE_FIFTY_ONE)
                .setPageId(PAGE)
                .setPixelId(PIXEL)
                .setCampaign(new CampaignSpec(name, "OUTCOME_SALES", List.of(), Map.of()))
                .setAdSet(new AdSetSpec(2000L, "IMPRESSIONS", "OFFSITE_CONVERSIONS", TARGETING, Map.of()))
                .setAd(new AdSpec(CREATIVE, Map.of()))
                .build();
    }
}
