package io.campaignlauncher.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.market.model.Role;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Targets on Facebook, over HTTP and over Kafka, against the real database and the real broker. */
class MarketFacebookIT {

    private static MarketUnderTest market;

    @BeforeAll
    static void start() {
        market = new MarketUnderTest("market_facebook", "launch.market.launch-price=25.00");
    }

    @AfterEach
    void is_sound() {
        market.isSound();
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    @Test
    void a_launch_is_shown_as_it_will_be_made_and_costs_the_price_of_a_launch() {
        var ann = market.tokenOf("ann", Role.ADVERTISER);
        var campaign = market.campaign("ann", "100.00");
        var targets = "/api/campaigns/" + campaign + "/targets";
        var launch = Launches.body("Otters");

        var drafted = market.post(targets, ann, Map.of("adAccountId", "act_1001", "launch", launch)).is(201);

        assertThat(drafted.text("amount")).isEqualTo("25.00");
        assertThat(drafted.text("place")).isEqualTo("facebook");
        assertThat(drafted.text("adAccountId")).isEqualTo("act_1001");
        assertThat(drafted.body().path("launch")).isEqualTo(json(launch));
        assertThat(drafted.body().path("text").isNull()).isTrue();
        var target = targets + "/" + drafted.text("id");
        var other = Launches.with(launch, "adSetCount", 2);
        var edited = market.patch(target, ann, Map.of("adAccountId", "act_1001", "launch", other)).is(200);
        assertThat(edited.body().path("version").asInt()).isEqualTo(2);
        assertThat(edited.body().path("launch")).isEqualTo(json(other));
        assertThat(market.patch(target, ann, Map.of("adAccountId", "act_1001", "launch", edited.body().path("launch")))
                .is(200).body().path("version").asInt()).as("what was shown is no edit").isEqualTo(2);
        market.post(target + "/submit", ann, Map.of()).is(200);
        assertThat(market.get("/api/admin/moderation/pending", market.tokenOf("a moderator", Role.MODERATOR)).is(200)
                .body().path("targets").valueStream()
                .filter(one -> one.path("id").asString().equals(drafted.text("id"))))
                .singleElement().satisfies(one -> assertThat(one.path("launch")).isEqualTo(json(other)));
    }

    @Test
    void a_target_is_on_telegram_or_on_facebook() {
        var bea = market.tokenOf("bea", Role.ADVERTISER);
        var targets = "/api/campaigns/" + market.campaign("bea", "100.00") + "/targets";
        var channel = market.channel("paul", "10.00").toString();
        var launch = Launches.body("Beavers");

        assertThat(mistakes(market.post(targets, bea, Map.of()))).containsExactly("channelId", "text");
        assertThat(mistakes(market.post(targets, bea,
                Map.of("channelId", channel, "text", "x", "adAccountId", "act_1001", "launch", launch))))
                .containsExactly("channelId", "text");
        assertThat(mistakes(market.post(targets, bea, Map.of("adAccountId", "act_1001")))).containsExactly("launch");
        assertThat(mistakes(market.post(targets, bea, Map.of("launch", launch)))).containsExactly("adAccountId");
        assertThat(mistakes(market.post(targets, bea, Map.of("adAccountId", "act_1001", "launch", "{}"))))
                .containsExactly("launch");
        assertThat(mistakes(market.post(targets, bea, Map.of("adAccountId", "act_1001", "launch", launch, "x", 1))))
                .containsExactly("x");
    }

    @Test
    void a_launch_keeps_the_rules_of_launches_and_its_mistakes_are_named_by_their_path() {
        var carl = market.tokenOf("carl", Role.ADVERTISER);
        var targets = "/api/campaigns/" + market.campaign("carl", "100.00") + "/targets";
        var launch = new HashMap<>(Launches.body("Crows"));
        launch.put("strategy", "SOMEHOW");
        launch.put("userId", "somebody else");
        launch.put("campaign", Map.of("name", "", "objective", "OUTCOME_SALES"));
        launch.put("adSet", Map.of("dailyBudget", 2000, "billingEvent", "IMPRESSIONS", "optimizationGoal", "REACH",
                "targeting", "everybody", "status", "ACTIVE"));

        assertThat(mistakes(market.post(targets, carl, Map.of("adAccountId", "1001", "launch", launch))))
                .containsExactlyInAnyOrder("adAccountId", "launch.userId", "launch.strategy", "launch.campaign.name",
                        "launch.adSet.targeting", "launch.adSet.status");
        assertThat(mistakes(market.post(targets, carl, Map.of("adAccountId", "act_1001", "launch", Launches.with(
                Launches.body("Crows"), "adSet", Map.of("targeting", Map.of("x", new BigDecimal("1e400"))))))))
                .containsExactly("launch.adSet.targeting");
    }

    private static List<String> mistakes(MarketUnderTest.Answer answer) {
        return answer.is(400).body().path("errors").valueStream().map(one -> one.path("field").asString()).toList();
    }

    private static JsonNode json(Object value) {
        return JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(value));
    }
}
