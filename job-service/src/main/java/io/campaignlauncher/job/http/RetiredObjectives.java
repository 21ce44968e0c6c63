package io.campaignlauncher.job.http;

import java.util.Map;

/**
 * The objectives that campaigns had before there were six outcomes, and the outcome that Facebook put each under. Where it
 * spread one over several (CONVERSIONS, MESSAGES, VIDEO_VIEWS, STORE_VISITS), the one that most of its users meant.
 */
final class RetiredObjectives {

    private static final Map<String, String> OUTCOMES = Map.ofEntries(
            Map.entry("APP_INSTALLS", "OUTCOME_APP_PROMOTION"),
            Map.entry("BRAND_AWARENESS", "OUTCOME_AWARENESS"),
            Map.entry("LOCAL_AWARENESS", "OUTCOME_AWARENESS"),
            Map.entry("REACH", "OUTCOME_AWARENESS"),
            Map.entry("STORE_TRAFFIC", "OUTCOME_AWARENESS"),
            Map.entry("STORE_VISITS", "OUTCOME_AWARENESS"),
            Map.entry("EVENT_RESPONSES", "OUTCOME_ENGAGEMENT"),
            Map.entry("MESSAGES", "OUTCOME_ENGAGEMENT"),
            Map.entry("PAGE_LIKES", "OUTCOME_ENGAGEMENT"),
            Map.entry("POST_ENGAGEMENT", "OUTCOME_ENGAGEMENT"),
            Map.entry("VIDEO_VIEWS", "OUTCOME_ENGAGEMENT"),
            Map.entry("LEAD_GENERATION", "OUTCOME_LEADS"),
            Map.entry("CONVERSIONS", "OUTCOME_SALES"),
            Map.entry("PRODUCT_CATALOG_SALES", "OUTCOME_SALES"),
            Map.entry("LINK_CLICKS", "OUTCOME_TRAFFIC"));

    private RetiredObjectives() {}

    /** The outcome for a retired name; any other name as it is. */
    static String outcome(String objective) {
        return OUTCOMES.getOrDefault(objective, objective);
    }
}
