package io.campaignlauncher.job.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Graph fields that a request may give beside its own. Any POST to the Graph API also takes parameters that are no fields
 * of the object: {@code batch} or {@code method} make another call of a create. So nothing passes but what Facebook documents
 * as a field: the parameters of {@code create*} in its SDK 24.0.1, each of them in one of three lists.
 */
enum FurtherFields {

    CAMPAIGN("a campaign", // What the request has words of its own for, and what ties the campaign to its job.
            Map.of("name", "is given as campaign.name", "objective", "is given as campaign.objective",
                    "special_ad_categories", "is given as campaign.specialAdCategories", "adlabels",
                    FurtherFields.OURS), // They say what the call does, or make it begin with what somebody else has.
            Set.of("execution_options", "source_campaign_id"),
            Set.of("bid_strategy", "budget_schedule_specs", "buying_type", "daily_budget",
                    "is_adset_budget_sharing_enabled", "is_budget_schedule_enabled", "is_direct_send_campaign",
                    "is_message_campaign", "is_skadnetwork_attribution", "iterative_split_test_configs",
                    "lifetime_budget", "pacing_type", "promoted_object", "smart_promotion_type",
                    "special_ad_category_country", "spend_cap", "start_time", "status", "stop_time", "topline_id")),

    AD_SET("an ad set",
            Map.of("name", FurtherFields.OURS, "campaign_id", FurtherFields.OURS, "adlabels", FurtherFields.OURS,
                    "daily_budget", "is given as adSet.dailyBudget", "billing_event", "is given as adSet.billingEvent",
                    "optimization_goal", "is given as adSet.optimizationGoal", "targeting",
                    "is given as adSet.targeting"), // campaign_spec would make a second campaign; date_format is about the answer.
            Set.of("campaign_spec", "date_format", "execution_options", "source_adset_id"),
            Set.of("adset_schedule", "attribution_spec", "automatic_manual_state", "bid_adjustments", "bid_amount",
                    "bid_constraints", "bid_strategy", "budget_schedule_specs", "budget_source", "budget_split_set_id",
                    "campaign_attribution", "creative_sequence", "creative_sequence_repetition_pattern", "daily_imps",
                    "daily_min_spend_target", "daily_spend_cap", "destination_type", "dsa_beneficiary", "dsa_payor",
                    "end_time", "existing_customer_budget_percentage", "frequency_control_specs",
                    "full_funnel_exploration_mode", "is_ba_skip_delayed_eligible", "is_budget_schedule_enabled",
                    "is_dynamic_creative", "is_incremental_attribution_enabled", "is_sac_cfca_terms_certified",
                    "lifetime_budget", "lifetime_imps", "lifetime_min_spend_target", "lifetime_spend_cap",
                    "line_number", "max_budget_spend_percentage", "min_budget_spend_percentage",
                    "multi_optimization_goal_weight", "optimization_sub_event", "pacing_type", "placement_soft_opt_out",
                    "promoted_object", "rb_prediction_id", "regional_regulated_categories",
                    "regional_regulation_identities", "rf_prediction_id", "start_time", "status",
                    "time_based_ad_rotation_id_blocks", "time_based_ad_rotation_intervals", "time_start", "time_stop",
                    "topline_id", "trending_topics_spec", "tune_for_category", "value_rule_set_id",
                    "value_rules_applied")),

    AD("an ad",
            Map.of("name", FurtherFields.OURS, "adset_id", FurtherFields.OURS, "adlabels", FurtherFields.OURS,
                    "creative", "is given as ad.creative"), // adset_spec would make a second ad set, draft_adgroup_id an ad of something that was there before.
            Set.of("adset_spec", "date_format", "draft_adgroup_id", "execution_options", "file",
                    "include_demolink_hashes", "source_ad_id"),
            Set.of("ad_schedule_end_time", "ad_schedule_start_time", "audience_id", "bid_amount", "conversion_domain",
                    "creative_asset_groups_spec", "display_sequence", "engagement_audience", "priority", "status",
                    "tracking_specs"));

    private static final String OURS = "is set by the launcher";
    private static final String STATUS = "status";
    private static final Set<String> STATUSES = Set.of("\"ACTIVE\"", "\"PAUSED\"");
    private static final int COUNT_MAX = 50;
    private static final Pattern TELLABLE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,60}");
    /** What a JSON value begins with; {@code null} counts as left out and never comes here. */
    private static final String JSON_BEGINS = "{[\"-0123456789tf";

    private final String entity;
    private final Map<String, String> own;
    private final Set<String> withheld;
    private final Set<String> given;

    FurtherFields(String entity, Map<String, String> own, Set<String> withheld, Set<String> given) {
        this.entity = entity;
        this.own = own;
        this.withheld = withheld;
        this.given = given;
    }

    /** Every name that was decided on. */
    Set<String> known() {
        return Stream.of(own.keySet(), withheld, given).flatMap(Set::stream).collect(Collectors.toSet());
    }

    /** The names that a request may give. */
    Set<String> given() {
        return given;
    }

    /**
     * Notes what is wrong with a request's further fields.
     *
     * @param path        where they stand in the request
     * @param graphFields by name, values as canonical JSON text
     */
    void check(List<Violation> found, String path, Map<String, String> graphFields, int charactersMax) {
        if (graphFields.size() > COUNT_MAX) {
            found.add(new Violation(path, "may have at most " + COUNT_MAX + " entries"));
            return;
        }
        new TreeMap<>(graphFields).forEach((name, value) -> {
            var field = path + "." + (TELLABLE_NAME.matcher(name).matches() ? name : "?");
            if (!given.contains(name)) {
                found.add(new Violation(field, own.getOrDefault(name, "is no field of " + entity
                        + " that may be given")));
            } else if (value.isEmpty() || JSON_BEGINS.indexOf(value.charAt(0)) < 0) {
                found.add(new Violation(field, "must be JSON"));
            } else if (value.length() > charactersMax) {
                found.add(new Violation(field, "may have at most " + charactersMax + " characters"));
            } else if (name.equals(STATUS) && !STATUSES.contains(value)) {
                found.add(new Violation(field, "must be ACTIVE or PAUSED"));
            } else {
                var mistake = TextRules.mistakeIn(value);
                if (mistake != null) {
                    found.add(new Violation(field, mistake));
                }
            }
        });
    }
}
