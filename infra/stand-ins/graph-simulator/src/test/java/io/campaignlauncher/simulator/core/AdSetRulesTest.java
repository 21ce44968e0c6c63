package io.campaignlauncher.simulator.core;

import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.adSetOf;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdSetRulesTest {

    private final Api api = new Api();
    private final String campaign = api.campaign("Sale");

    private String create(String... changes) {
        return outcome(api.post(ACCOUNT + "/adsets", adSetOf(campaign, "Set", changes)));
    }

    @Test
    void needs_name_campaign_billing_event_goal_and_targeting() {
        for (var parameter : new String[]{ "name", "campaign_id", "billing_event", "optimization_goal", "targeting",
            "daily_budget" }) {
            assertThat(create(parameter, "-")).as(parameter).isEqualTo("100");
        }
        assertThat(create()).isEqualTo("ok");
    }

    @Test
    void refuses_unknown_values_of_enums() {
        assertThat(create("billing_event", "HOPES")).isEqualTo("100");
        assertThat(create("optimization_goal", "LUCK")).isEqualTo("100");
        assertThat(create("bid_strategy", "GUESS")).isEqualTo("100");
    }

    @Test
    void refuses_an_unknown_campaign_and_one_of_another_account() {
        assertThat(create("campaign_id", "120200999999999999")).isEqualTo("100/33");
        var other = Api.id(api.post("act_2002/campaigns", Api.campaignOf("Other")));
        assertThat(create("campaign_id", other)).isEqualTo("100/33");
    }

    @Test
    void refuses_a_deleted_or_archived_campaign() {
        api.post(campaign, "status", "ARCHIVED");
        assertThat(create()).isEqualTo("100/1487056");
        api.delete(campaign);
        assertThat(create()).isEqualTo("100/1487056");
    }

    @Test
    void needs_a_location() {
        assertThat(create("targeting", "{\"age_min\":18}")).startsWith("100");
        assertThat(create("targeting", "{\"geo_locations\":{\"countries\":[]}}")).startsWith("100");
        assertThat(create("targeting", "not json")).isEqualTo("100");
        assertThat(create("targeting", "{\"geo_locations\":{\"regions\":[{\"key\":\"1\"}]}}")).isEqualTo("ok");
    }

    @Test
    void needs_beneficiary_and_payor_in_the_european_union() {
        var targeting = "{\"geo_locations\":{\"countries\":[\"US\",\"DE\"]}}";
        assertThat(create("targeting", targeting)).isEqualTo("100/3858081");
        assertThat(create("targeting", targeting, "dsa_beneficiary", "B")).isEqualTo("100/3858079");
        assertThat(create("targeting", targeting, "dsa_beneficiary", "B", "dsa_payor", "P")).isEqualTo("ok");
    }

    @Test
    void takes_a_budget_from_the_campaign_or_the_ad_set_but_not_from_both() {
        var rich = api.campaign("Rich", "daily_budget", "5000");
        assertThat(create("campaign_id", rich)).isEqualTo("100/1885621");
        assertThat(create("campaign_id", rich, "daily_budget", "-")).isEqualTo("ok");
    }

    @Test
    void refuses_a_budget_below_the_minimum_of_its_billing_event() {
        assertThat(create("daily_budget", "99")).isEqualTo("100/1885272");
        assertThat(create("daily_budget", "100")).isEqualTo("ok");
        assertThat(create("daily_budget", "499", "billing_event", "LINK_CLICKS")).isEqualTo("100/1885272");
        assertThat(create("daily_budget", "3999", "billing_event", "PURCHASE")).isEqualTo("100/1885272");
    }

    @Test
    void needs_an_end_with_a_lifetime_budget_and_one_in_the_future() {
        assertThat(create("daily_budget", "-", "lifetime_budget", "5000")).isEqualTo("100");
        assertThat(create("daily_budget", "-", "lifetime_budget", "5000", "end_time", "2026-04-01T00:00:00+0000"))
                .isEqualTo(
                        "ok");
        assertThat(create("end_time", "2026-02-01T00:00:00-0800")).isEqualTo("100/1487033");
        assertThat(create("end_time", "0")).isEqualTo("ok");
        assertThat(create("end_time", "tomorrow")).isEqualTo("100");
    }

    @Test
    void needs_a_bid_with_a_bid_cap() {
        assertThat(create("bid_strategy", "COST_CAP")).isEqualTo("100/1815857");
        assertThat(create("bid_strategy", "COST_CAP", "bid_amount", "200")).isEqualTo("ok");
    }

    @Test
    void needs_a_pixel_it_may_use_to_optimize_for_conversions() {
        assertThat(create("promoted_object", "-")).startsWith("100/");
        assertThat(create("promoted_object", "-", "optimization_goal", "VALUE")).startsWith("100/");
        assertThat(create("promoted_object", "-", "optimization_goal", "REACH")).isEqualTo("ok");
        assertThat(create("promoted_object", "{\"pixel_id\":\"2000000002\",\"custom_event_type\":\"PURCHASE\"}"))
                .isEqualTo(
                        "100");
        assertThat(create("promoted_object", "{\"pixel_id\":\"2000000001\"}")).isEqualTo("100");
    }

    @Test
    void gives_budgets_as_strings_bids_as_numbers_and_targeting_with_defaults() {
        var id = api.adSet(campaign, "Set", "bid_strategy", "COST_CAP", "bid_amount", "200");
        var node = api.get(id, "fields", "daily_budget,budget_remaining,bid_amount,targeting,campaign{name}").json();
        assertThat(node.path("daily_budget").isString()).isTrue();
        assertThat(node.path("budget_remaining").asString()).isEqualTo("2000");
        assertThat(node.path("bid_amount").isNumber()).isTrue();
        assertThat(node.path("targeting").path("age_min").asInt()).isEqualTo(18);
        assertThat(node.path("targeting").path("geo_locations").path("countries").get(0).asString()).isEqualTo("US");
        assertThat(node.path("campaign").path("name").asString()).isEqualTo("Sale");
    }

    @Test
    void holds_so_many_ad_sets_in_a_campaign_and_no_more() {
        var rules = new GraphRules(GraphRules.DEFAULTS.latency(), GraphRules.DEFAULTS.batchLatency(),
                GraphRules.DEFAULTS
                        .edgeLag(),
                GraphRules.DEFAULTS.hiddenById(), GraphRules.DEFAULTS.reviewTime(), GraphRules.Tier.FULL, 100, 6000,
                2, 50, 100, VideoRules.DEFAULTS, AccountPlace.DEFAULTS, null);
        var small = new Api(rules);
        var full = small.campaign("Full");
        small.adSet(full, "1");
        var second = small.adSet(full, "2");
        assertThat(outcome(small.post(ACCOUNT + "/adsets", adSetOf(full, "3")))).isEqualTo("2695");
        small.delete(second);
        assertThat(outcome(small.post(ACCOUNT + "/adsets", adSetOf(full, "3")))).isEqualTo("ok");
    }
}
