package io.campaignlauncher.simulator.core;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The rules of {@code POST /act_x/adsets}. */
final class AdSetCreation {

    private static final Set<String> BILLING_EVENTS = Set.of("APP_INSTALLS", "CLICKS", "IMPRESSIONS", "LINK_CLICKS",
            "LISTING_INTERACTION", "NONE", "OFFER_CLAIMS", "PAGE_LIKES", "POST_ENGAGEMENT", "PURCHASE", "THRUPLAY");
    private static final Set<String> GOALS = Set.of("ADVERTISER_SILOED_VALUE", "AD_RECALL_LIFT", "APP_INSTALLS",
            "APP_INSTALLS_AND_OFFSITE_CONVERSIONS", "AUTOMATIC_OBJECTIVE", "CONVERSATIONS", "DERIVED_EVENTS",
            "ENGAGED_PAGE_VIEWS", "ENGAGED_USERS", "EVENT_RESPONSES", "IMPRESSIONS", "IN_APP_VALUE",
            "LANDING_PAGE_VIEWS",
            "LEAD_GENERATION", "LINK_CLICKS", "MEANINGFUL_CALL_ATTEMPT", "MESSAGING_APPOINTMENT_CONVERSION",
            "MESSAGING_PURCHASE_CONVERSION", "NONE", "OFFSITE_CONVERSIONS", "PAGE_LIKES", "POST_ENGAGEMENT",
            "PROFILE_AND_PAGE_ENGAGEMENT", "PROFILE_VISIT", "QUALITY_CALL", "QUALITY_LEAD", "REACH", "REMINDERS_SET",
            "SUBSCRIBERS", "THRUPLAY", "VALUE", "VISIT_INSTAGRAM_PROFILE");
    private static final Set<String> GEO_KEYS = Set.of("countries", "country_groups", "regions", "cities", "zips",
            "geo_markets", "custom_locations", "places", "electoral_districts", "neighborhoods", "subcities",
            "subneighborhoods",
            "small_geo_areas", "medium_geo_areas", "large_geo_areas", "metro_areas");
    private static final Set<String> EU = Set.of("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR",
            "HU",
            "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE");

    private AdSetCreation() {}

    static GraphObject build(GraphWorld world, Account account, Inputs inputs, Context context) {
        var name = inputs.name();
        var campaign = Parents.open(world, account, inputs, context, ObjectKind.CAMPAIGN, "campaign_id");
        var billing = inputs.required("billing_event");
        inputs.oneOf("billing_event", BILLING_EVENTS);
        var goal = inputs.required("optimization_goal");
        inputs.oneOf("optimization_goal", GOALS);
        var status = Statuses.onCreate(inputs, GraphObject.Status.ACTIVE);
        checkTargeting(inputs);
        checkBudget(account, campaign, inputs, billing);
        checkBids(campaign, inputs);
        checkTimes(inputs, context);
        checkPromoted(goal, inputs.tree("promoted_object"), campaign);
        if (campaign.children(ObjectKind.AD_SET).size() >= account.rules.adSetsPerCampaignMax()) {
            throw GraphRefusal.of(400, 2695, null,
                    "(#2695) The number of ad sets in this campaign has reached its limit");
        }
        if (account.live(ObjectKind.AD_SET).size() >= account.rules.objectsMax()) {
            throw CampaignCreation.limitReached("ad sets");
        }
        return new GraphObject(ObjectKind.AD_SET, world.ids.next(), account, campaign, null, name, status,
                inputs.stored(NodeFields.of(ObjectKind.AD_SET)), context.now());
    }

    private static void checkTargeting(Inputs inputs) {
        var targeting = inputs.requiredTree("targeting");
        var geo = targeting.path("geo_locations");
        boolean located = targeting.path("custom_audiences").size() > 0;
        for (var key : GEO_KEYS) {
            located |= geo.path(key).size() > 0;
        }
        if (!located) {
            throw GraphRefusal
                    .invalid(1885364, "Location is missing", "Please add at least one location to your ad set.")
                    .blaming("targeting");
        }
        for (JsonNode country : geo.path("countries")) {
            if (EU.contains(country.asString(""))) {
                if (!inputs.has("dsa_beneficiary")) {
                    throw GraphRefusal.invalid(3858081, "No beneficiary was given", "Ads in the EU need a beneficiary.")
                            .blaming("dsa_beneficiary");
                }
                if (!inputs.has("dsa_payor")) {
                    throw GraphRefusal.invalid(3858079, "No payor was given", "Ads in the EU need a payor.").blaming(
                            "dsa_payor");
                }
            }
        }
    }

    private static void checkBudget(Account account, GraphObject campaign, Inputs inputs, String billing) {
        var daily = inputs.money("daily_budget");
        var lifetime = inputs.money("lifetime_budget");
        boolean onCampaign = campaign.fields.containsKey("daily_budget")
                || campaign.fields.containsKey("lifetime_budget");
        if (onCampaign && (daily != null || lifetime != null)) {
            throw GraphRefusal.invalid(1885621, "Budget on both campaign and ad set",
                    "You can only set an ad set budget or a campaign budget.").blaming(
                            daily != null ? "daily_budget"
                                    : "lifetime_budget");
        }
        if (!onCampaign && daily == null && lifetime == null) {
            throw GraphRefusal.invalid("One of daily_budget and lifetime_budget is required").blaming("daily_budget");
        }
        if (lifetime != null && inputs.time("end_time") == null) {
            throw GraphRefusal.invalid("end_time is required with lifetime_budget").blaming("end_time");
        }
        if (!onCampaign) {
            Budgets.check(account, daily, lifetime, Budgets.least(account, billing));
        }
    }

    private static void checkBids(GraphObject campaign, Inputs inputs) {
        var strategy = inputs.oneOf("bid_strategy", CampaignCreation.BID_STRATEGIES);
        if (strategy == null && campaign.fields.get("bid_strategy") instanceof JsonNode inherited) {
            strategy = inherited.asString("");
        }
        if (List.of("LOWEST_COST_WITH_BID_CAP", "COST_CAP").contains(String.valueOf(strategy)) && inputs.money(
                "bid_amount") == null) {
            throw GraphRefusal.invalid(1815857, "Bid amount is required", "The bid strategy " + strategy
                    + " needs a bid_amount.").blaming("bid_amount");
        }
    }

    private static void checkTimes(Inputs inputs, Context context) {
        var start = inputs.time("start_time");
        var end = inputs.time("end_time");
        if (end != null && (end.isBefore(context.now()) || start != null && end.isBefore(start))) {
            throw GraphRefusal
                    .invalid(1487033, "The end time is in the past", "End time must be in the future and after "
                            + "the start.")
                    .blaming("end_time");
        }
    }

    private static void checkPromoted(String goal, @Nullable JsonNode given, GraphObject campaign) {
        var promoted = given != null ? given : campaign.fields.getOrDefault("promoted_object", Json.object());
        var needed = switch (goal) {
            case "OFFSITE_CONVERSIONS", "VALUE" -> "pixel_id";
            case "LEAD_GENERATION", "QUALITY_LEAD", "PAGE_LIKES", "CONVERSATIONS" -> "page_id";
            case "APP_INSTALLS", "APP_INSTALLS_AND_OFFSITE_CONVERSIONS" -> "application_id";
            default -> "";
        };
        boolean appEvent = needed.equals("pixel_id")
                && (promoted.has("application_id") || promoted.has("product_catalog_id")
                        || promoted.has("product_set_id") || promoted.has("custom_conversion_id"));
        if (!needed.isEmpty() && !promoted.has(needed) && !appEvent) {
            throw GraphRefusal
                    .invalid(1885014, "Select a promoted object for your ad set", "The optimization goal " + goal
                            + " needs a promoted_object with a " + needed + ".")
                    .blaming("promoted_object");
        }
        if (promoted.has("pixel_id")) {
            if (!promoted.path("pixel_id").asString("").equals(GraphWorld.PIXEL)) {
                throw GraphRefusal
                        .invalid("The pixel in promoted_object does not exist or is not shared with this account")
                        .blaming("promoted_object");
            }
            if (goal.equals("OFFSITE_CONVERSIONS") && !promoted.has("custom_event_type") && !promoted.has("pixel_rule")
                    && !promoted.has("custom_conversion_id")) {
                throw GraphRefusal.invalid("promoted_object needs a custom_event_type").blaming("promoted_object");
            }
        }
        if (promoted.has("page_id")) {
            AdCreation.checkPage(promoted.path("page_id").asString(""));
        }
    }
}
