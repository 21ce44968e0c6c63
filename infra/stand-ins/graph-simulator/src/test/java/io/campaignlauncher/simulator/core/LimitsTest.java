package io.campaignlauncher.simulator.core;

import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.campaignOf;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static io.campaignlauncher.simulator.core.Api.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static String create(Api api) {
        return outcome(api.post(ACCOUNT + "/campaigns", campaignOf("Sale")));
    }

    private static Map<String, String> headers(Api api) {
        return api.get(ACCOUNT).headers();
    }

    @Test
    void allows_a_hundred_changes_in_any_second_and_no_more() {
        var api = new Api();
        for (int i = 0; i < 100; i++) {
            assertThat(create(api)).isEqualTo("ok");
            api.passes(Duration.ofMillis(5));
        }
        assertThat(create(api)).isEqualTo("613/5044001");
        assertThat(outcome(api.get(ACCOUNT))).isEqualTo("ok");
        api.passes(Duration.ofMillis(501));
        assertThat(create(api)).isEqualTo("ok");
    }

    @Test
    void counts_every_operation_of_a_batch() {
        var api = new Api(GraphRules.DEFAULTS.withMutationsPerSecondMax(3));
        var campaign = api.campaign("Sale");
        assertThat(outcomes(api.branch(campaign, "1"))).containsExactly("ok", "ok");
        assertThat(outcomes(api.branch(campaign, "2"))).containsExactly("613/5044001", "960");
    }

    @Test
    void lets_the_cap_be_changed_for_one_account() {
        var api = new Api();
        api.simulator.world().mutationsPerSecondMax(ACCOUNT, 1);
        assertThat(create(api)).isEqualTo("ok");
        assertThat(create(api)).isEqualTo("613/5044001");
        assertThat(outcome(api.post("act_2002/campaigns", campaignOf("Sale")))).isEqualTo("ok");
        api.simulator.world().mutationsPerSecondMax(ACCOUNT, 0);
        assertThat(create(api)).isEqualTo("ok");
    }

    @Test
    void blocks_a_development_account_after_twenty_writes_for_three_hundred_seconds() {
        var api = new Api(GraphRules.DEFAULTS.withTier(GraphRules.Tier.DEVELOPMENT));
        for (int i = 0; i < 20; i++) {
            assertThat(create(api)).isEqualTo("ok");
        }
        assertThat(create(api)).isEqualTo("17/2446079");
        api.passes(Duration.ofSeconds(100));
        assertThat(outcome(api.get(ACCOUNT))).isEqualTo("17/2446079");
        assertThat(headers(api).get("X-Ad-Account-Usage")).contains("\"acc_id_util_pct\":100.0",
                "\"reset_time_duration\":200", "development_access");
        api.passes(Duration.ofSeconds(200));
        assertThat(create(api)).isEqualTo("ok");
    }

    @Test
    void forgets_points_after_three_hundred_seconds() {
        var api = new Api(GraphRules.DEFAULTS.withTier(GraphRules.Tier.DEVELOPMENT));
        for (int i = 0; i < 40; i++) {
            assertThat(create(api)).isEqualTo("ok");
            api.passes(Duration.ofSeconds(20));
        }
    }

    @Test
    void shows_what_is_used_in_percent() {
        var api = new Api(GraphRules.DEFAULTS.withTier(GraphRules.Tier.DEVELOPMENT));
        for (int i = 0; i < 10; i++) {
            create(api);
        }
        assertThat(headers(api).get("X-Ad-Account-Usage")).contains("\"acc_id_util_pct\":51.67");
    }

    @Test
    void names_the_account_without_its_prefix_and_minutes_when_the_hour_is_used_up() {
        var api = new Api(GraphRules.DEFAULTS.withTier(GraphRules.Tier.DEVELOPMENT));
        for (int i = 0; i < 300; i++) {
            assertThat(outcome(api.get(ACCOUNT))).as("read %d", i).isEqualTo("ok");
            api.passes(Duration.ofSeconds(8));
        }
        assertThat(outcome(api.get(ACCOUNT))).isEqualTo("80004");
        var usage = headers(api).get("X-Business-Use-Case-Usage");
        assertThat(usage).contains("{\"1001\":", "\"type\":\"ads_management\"", "\"call_count\":100");
        long minutes = Json.read(usage).path("1001").get(0).path("estimated_time_to_regain_access").asLong();
        assertThat(minutes).isBetween(15L, 25L);
        api.passes(Duration.ofMinutes(minutes));
        assertThat(outcome(api.get(ACCOUNT))).isEqualTo("ok");
    }

    @Test
    void tells_a_scripted_limit_in_seconds_and_lifts_it_on_time() {
        var api = new Api();
        var campaign = api.campaign("Sale");
        api.simulator.faults()
                .add(Fault.once(FaultTarget.CREATE_AD_SET, new FaultEffect.RateLimited(RateLimit.ACCOUNT_CALLS,
                        Duration.ofSeconds(3))).from(2));
        assertThat(outcomes(api.branch(campaign, "1"))).containsExactly("ok", "ok");
        var refused = api.branch(campaign, "2");
        assertThat(outcomes(refused)).containsExactly("613/1487742", "960");
        assertThat(refused.headers().get("X-Ad-Account-Usage")).contains("\"reset_time_duration\":3");
        api.passes(Duration.ofMillis(2_999));
        assertThat(outcomes(api.branch(campaign, "2"))).containsExactly("613/1487742", "960");
        api.passes(Duration.ofMillis(1));
        assertThat(outcomes(api.branch(campaign, "2"))).containsExactly("ok", "ok");
        assertThat(api.simulator.world().count(ACCOUNT, "Sale")).isEqualTo(new WorldView.Count(1, 2, 2, 0));
    }

    @Test
    void gives_each_scripted_limit_its_code() {
        var expected = Map.of(RateLimit.USER_CALLS, "17/2446079", RateLimit.ACCOUNT_CALLS, "613/1487742",
                RateLimit.MUTATIONS,
                "613/5044001", RateLimit.AD_CREATION_CAP, "613/1487225", RateLimit.APP_CALLS, "4", RateLimit.BUSINESS,
                "80004");
        assertThat(expected).hasSize(RateLimit.values().length);
        expected.forEach((limit, code) -> {
            var api = new Api();
            var adSet = api.adSet(api.campaign("Sale"), "Set");
            api.simulator.world().limit(ACCOUNT, limit, Duration.ofMinutes(7));
            assertThat(outcome(api.post(ACCOUNT + "/ads", Api.adOf(adSet, "Ad")))).isEqualTo(code);
            api.simulator.world().liftLimits(ACCOUNT);
            assertThat(outcome(api.post(ACCOUNT + "/ads", Api.adOf(adSet, "Ad")))).isEqualTo("ok");
        });
    }

    @Test
    void raises_the_usage_shown_and_limits_the_account_at_a_hundred_percent() {
        var api = new Api();
        api.simulator.faults()
                .add(Fault.always(FaultTarget.ANY_CREATE, new FaultEffect.UsageRising(40, Duration.ofMinutes(
                        5))).times(3));
        assertThat(create(api)).isEqualTo("ok");
        assertThat(headers(api).get("X-Business-Use-Case-Usage")).contains("\"call_count\":40");
        assertThat(create(api)).isEqualTo("ok");
        assertThat(headers(api).get("X-Ad-Account-Usage")).contains("\"acc_id_util_pct\":80.0");
        assertThat(create(api)).isEqualTo("80004");
        assertThat(headers(api).get("X-Business-Use-Case-Usage")).contains("\"estimated_time_to_regain_access\":5");
        api.passes(Duration.ofMinutes(5));
        assertThat(create(api)).isEqualTo("ok");
    }

    @Test
    void tells_usage_within_the_entries_alone_where_told_so() {
        var api = new Api();
        api.simulator.faults().add(Fault.always(FaultTarget.BATCH, new FaultEffect.UsageInsideOnly()));
        api.simulator.world().limit(ACCOUNT, RateLimit.BUSINESS, Duration.ofMinutes(3));

        var reply = api.simulator.handle(SimRequest.post(Api.TOKEN, "/",
                Map.of("batch", "[" + Api.operation("POST", ACCOUNT + "/campaigns", campaignOf("C"), "") + "]")),
                api.now);

        assertThat(reply.headers()).isEmpty();
        assertThat(reply.json().get(0).path("code").asInt()).isEqualTo(400);
        assertThat(reply.json().get(0).path("headers").toString()).contains("X-Business-Use-Case-Usage",
                "estimated_time_to_regain_access\\\":3", "X-Ad-Account-Usage", "X-App-Usage");
    }

    @Test
    void names_limits_of_others_where_told_so_and_refuses_nothing_for_them() {
        var api = new Api();
        api.simulator.faults()
                .add(Fault.once(FaultTarget.ANY_CREATE, new FaultEffect.UsageOfOthers(Duration.ofMinutes(15))));
        create(api);

        var usage = Json.read(headers(api).get("X-Business-Use-Case-Usage"));
        assertThat(usage.path("1001").valueStream().map(each -> each.path("type").asString() + each.path("call_count")
                .asInt())).containsExactly("ads_insights100", "ads_management0");
        assertThat(usage.path("91001").get(0).path("estimated_time_to_regain_access").asInt()).isEqualTo(15);
        assertThat(create(api)).isEqualTo("ok");
    }

    @Test
    void has_no_limits_when_told_so() {
        var api = new Api(GraphRules.DEFAULTS.withoutLimits());
        for (int batch = 0; batch < 100; batch++) {
            var operations = Collections.nCopies(50,
                    Api.operation("POST", ACCOUNT + "/campaigns", campaignOf("C"), ""));
            assertThat(outcomes(api.batch(operations.toArray(String[]::new)))).containsOnly("ok");
        }
        assertThat(api.simulator.world().count(ACCOUNT, ObjectKind.CAMPAIGN)).isEqualTo(5000);
    }
}
