package io.campaignlauncher.moderation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an advertiser says of a launch. */
final class Launches {

    private Launches() {}

    static Map<String, Object> body(String name) {
        return Map.of("credentialId", "default", "strategy", "FOR_ALL", "adSetCount", 1,
                "campaign", Map.of("name", name, "objective", "OUTCOME_TRAFFIC", "specialAdCategories", List.of()),
                "adSet", Map.of("dailyBudget", 2000, "billingEvent", "IMPRESSIONS", "optimizationGoal", "REACH",
                        "targeting", Map.of("geo_locations", Map.of("countries", List.of("US")))),
                "ad", Map.of("creative", Map.of("object_story_spec", Map.of("page_id", "1000000001"))));
    }

    static Map<String, Object> with(Map<String, Object> launch, String field, Object value) {
        var all = new HashMap<>(launch);
        all.put(field, value);
        return all;
    }
}
