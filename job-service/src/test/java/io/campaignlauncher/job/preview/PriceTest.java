package io.campaignlauncher.job.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.LaunchPlan;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.LaunchJson;
import io.campaignlauncher.launchfile.Account;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PriceTest {

    private static final String ZONE = "America/Los_Angeles";

    private final ObjectNode body = (ObjectNode) JsonMapper.shared().readTree("""
            {"userId":"u","adAccountId":"act_1","credentialId":"c","strategy":"FOR_ALL","adSetCount":3,
             "campaign":{"name":"Sale","objective":"OUTCOME_TRAFFIC"},
             "adSet":{"dailyBudget":1250,"billingEvent":"IMPRESSIONS","optimizationGoal":"LINK_CLICKS",
                      "targeting":{"a":1}},"ad":{"creative":{"b":1}}}""");

    private Price price(@Nullable String currency) {
        var found = new ArrayList<Violation>();
        var request = LaunchJson.read(body.deepCopy(), "key", found);
        assertThat(found).isEmpty();
        return Price.of(request, LaunchPlan.of(request).adSets(), new Account(currency, ZoneId.of(ZONE)), ZONE);
    }

    private ObjectNode adSetFields() {
        return body.withObject("adSet").withObject("graphFields");
    }

    private static Price.Amount amount(long minorUnits, @Nullable String amount) {
        return new Price.Amount(BigInteger.valueOf(minorUnits), amount);
    }

    @Test
    void adds_up_what_a_day_costs_in_the_currency_of_the_account() {
        assertThat(price("USD").adSets()).hasSize(3)
                .containsOnly(new Price.Budget(amount(1250, "12.50"), null, null));
        assertThat(price("USD").total()).isEqualTo(new Price.Total(amount(3750, "37.50"), null, null));
        assertThat(price("JPY").total().daily()).isEqualTo(amount(3750, "3750"));
    }

    @Test
    void writes_no_amount_in_a_currency_that_facebook_does_not_count() {
        assertThat(price("KWD").total().daily()).isEqualTo(amount(3750, null));
        assertThat(price("KWD").decimals()).isNull();
        assertThat(price(null).total().daily()).isEqualTo(amount(3750, null));
    }

    @Test
    void counts_the_days_that_a_run_touches_where_the_account_is() {
        adSetFields().put("start_time", "2026-03-07T23:00:00-0800").put("end_time", "2026-03-09T00:00:00-07:00");

        assertThat(price("USD").total()).isEqualTo(new Price.Total(amount(3750, "37.50"), amount(7500, "75.00"), 2));

        adSetFields().put("end_time", "2026-03-09T00:00:01-0700");
        assertThat(price("USD").total().days()).isEqualTo(3);
    }

    @Test
    void knows_no_end_where_none_is_said() {
        adSetFields().put("start_time", 1_800_000_000L).put("end_time", 0);
        assertThat(price("USD").total().overItsRun()).isNull();

        adSetFields().put("end_time", "next week");
        assertThat(price("USD").total().overItsRun()).isNull();
    }

    @Test
    void takes_a_lifetime_budget_for_what_it_is() {
        body.withObject("adSet").remove("dailyBudget");
        adSetFields().put("lifetime_budget", 9000);

        assertThat(price("EUR").total()).isEqualTo(new Price.Total(null, amount(27000, "270.00"), null));
    }

    @Test
    void asks_for_the_budget_of_a_campaign_once() {
        body.withObject("adSet").remove("dailyBudget");
        body.withObject("campaign").withObject("graphFields").put("daily_budget", "5000")
                .put("start_time", "2026-03-01T08:00:00Z").put("stop_time", "2026-03-03T08:00:00Z");

        var price = price("USD");

        assertThat(price.adSets()).isEmpty();
        assertThat(price.campaign()).isEqualTo(new Price.Budget(amount(5000, "50.00"), null, 2));
        assertThat(price.total()).isEqualTo(new Price.Total(amount(5000, "50.00"), amount(10000, "100.00"), 2));
    }

    @Test
    void adds_up_listed_ad_sets_each_with_its_own() {
        body.put("strategy", "AS_LISTED").remove("adSetCount");
        var listed = body.putArray("adSets");
        listed.addObject().put("dailyBudget", 100).putArray("ads").addObject();
        listed.addObject().putArray("ads").addObject();
        listed.addObject().set("graphFields", body.objectNode().put("lifetime_budget", 700));
        ((ObjectNode) listed.get(2)).putArray("ads").addObject();

        var price = price("USD");

        assertThat(price.adSets()).containsExactly(new Price.Budget(amount(100, "1.00"), null, null),
                new Price.Budget(amount(1250, "12.50"), null, null),
                new Price.Budget(null, amount(700, "7.00"), null));
        assertThat(price.total().daily()).isEqualTo(amount(1350, "13.50"));
        assertThat(price.total().overItsRun()).isNull();
    }

    @Test
    void adds_up_more_than_a_number_of_64_bits_holds() {
        body.withObject("adSet").put("dailyBudget", Long.MAX_VALUE);
        assertThat(price("USD").total().daily().minorUnits())
                .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(3)));
    }
}
