package io.campaignlauncher.simulator.core;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The rules of {@code POST /act_x/campaigns}. */
final class CampaignCreation {

    static final Set<String> OBJECTIVES = Set.of("OUTCOME_AWARENESS", "OUTCOME_TRAFFIC", "OUTCOME_ENGAGEMENT",
            "OUTCOME_LEADS",
            "OUTCOME_APP_PROMOTION", "OUTCOME_SALES", "APP_INSTALLS", "BRAND_AWARENESS", "CONVERSIONS",
            "EVENT_RESPONSES",
            "LEAD_GENERATION", "LINK_CLICKS", "LOCAL_AWARENESS", "MESSAGES", "OFFER_CLAIMS", "PAGE_LIKES",
            "POST_ENGAGEMENT",
            "PRODUCT_CATALOG_SALES", "REACH", "STORE_VISITS", "VIDEO_VIEWS");
    static final Set<String> CATEGORIES = Set.of("NONE", "EMPLOYMENT", "HOUSING", "CREDIT", "ISSUES_ELECTIONS_POLITICS",
            "ONLINE_GAMBLING_AND_GAMING", "FINANCIAL_PRODUCTS_SERVICES");
    static final Set<String> BID_STRATEGIES = Set.of("LOWEST_COST_WITHOUT_CAP", "LOWEST_COST_WITH_BID_CAP", "COST_CAP",
            "LOWEST_COST_WITH_MIN_ROAS");

    private CampaignCreation() {}

    static GraphObject build(GraphWorld world, Account account, Inputs inputs, Context context) {
        var name = inputs.name();
        inputs.required("objective");
        inputs.oneOf("objective", OBJECTIVES);
        var status = Statuses.onCreate(inputs, GraphObject.Status.ACTIVE);
        checkCategories(inputs);
        inputs.oneOf("bid_strategy", BID_STRATEGIES);
        checkBudget(account, inputs);
        if (account.live(ObjectKind.CAMPAIGN).size() >= account.rules.objectsMax()) {
            throw limitReached("campaigns");
        }
        return new GraphObject(ObjectKind.CAMPAIGN, world.ids.next(), account, null, null, name, status,
                inputs.stored(NodeFields.of(ObjectKind.CAMPAIGN)), context.now());
    }

    static GraphRefusal limitReached(String what) {
        return GraphRefusal.invalid("You have reached the limit of " + what + " in this ad account").user(
                "Ad account limit reached",
                "Your account has the most " + what + " that it may have. Delete some first.");
    }

    private static void checkCategories(Inputs inputs) {
        var given = inputs.text("special_ad_categories");
        if (given == null) {
            throw GraphRefusal.missing("special_ad_categories");
        }
        var categories = inputs.list("special_ad_categories");
        if (categories == null) {
            return;
        }
        for (JsonNode each : categories) {
            if (!CATEGORIES.contains(each.asString(""))) {
                throw GraphRefusal.invalid("Param special_ad_categories must be one of {" + String.join(", ",
                        new java.util.TreeSet<>(CATEGORIES)) + "}").blaming("special_ad_categories");
            }
        }
    }

    private static void checkBudget(Account account, Inputs inputs) {
        var daily = inputs.money("daily_budget");
        var lifetime = inputs.money("lifetime_budget");
        if (daily == null && lifetime == null) {
            if (!inputs.has("is_adset_budget_sharing_enabled")) {
                throw GraphRefusal.invalid(4834011,
                        "Must specify True or False in is_adset_budget_sharing_enabled field",
                        "You must specify True or False in is_adset_budget_sharing_enabled if you are not using campaign "
                                + "budget.")
                        .blaming("is_adset_budget_sharing_enabled");
            }
            return;
        }
        Budgets.check(account, daily, lifetime, account.leastBudget());
    }
}
