package io.campaignlauncher.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.market.model.Role;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever asks the marketplace too often waits, and nobody else does. */
class MarketLimitsIT {

    private static MarketUnderTest market;

    @BeforeAll
    static void start() {
        market = new MarketUnderTest("market_limits", "launch.market.limits.changes=2", "launch.market.limits.reads=4",
                "launch.market.limits.within=1h");
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    @Test
    void commands_of_one_user_are_bounded_and_those_of_others_go_on() {
        var ann = market.tokenOf("ann", Role.ADVERTISER);
        for (int i = 0; i < 2; i++) {
            market.post("/api/campaigns", ann, Map.of("name", "Otters", "totalBudget", "10.00")).is(201);
        }

        var refused = market.post("/api/campaigns", ann, Map.of("name", "Otters", "totalBudget", "10.00")).is(429);
        assertThat(refused.whole().headers().firstValue("retry-after")).hasValueSatisfying(seconds -> assertThat(
                Integer.parseInt(seconds)).isBetween(1, 3600));
        assertThat(refused.whole().headers().firstValue("ratelimit-policy")).hasValueSatisfying(policy -> assertThat(
                policy).contains("changes"));
        assertThat(market.get("/api/campaigns", ann).is(200).body().path("campaigns").size()).isEqualTo(2);
        market.post("/api/campaigns", market.tokenOf("bob", Role.ADVERTISER),
                Map.of("name", "Otters", "totalBudget", "10.00")).is(201);
    }

    @Test
    void reads_have_a_bound_of_their_own() {
        var eve = market.tokenOf("eve", Role.ADVERTISER);
        for (int i = 0; i < 4; i++) {
            market.get("/api/campaigns", eve).is(200);
        }

        market.get("/api/wallet", eve).is(429);
        market.get("/api/health/ready", null).is(200);
        market.post("/api/campaigns", eve, Map.of("name", "Otters", "totalBudget", "10.00")).is(201);
    }
}
