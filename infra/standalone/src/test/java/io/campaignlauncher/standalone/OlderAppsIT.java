package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The older apps launch with three fields, and are answered when all is over. */
@OnRunningSystem
class OlderAppsIT {

    private final RunningSystem system;

    OlderAppsIT(RunningSystem system) {
        this.system = system;
    }

    @ParameterizedTest
    @CsvSource({ "strategyForAll, 11, 11", "strategy150, 10, 10", "strategyForAds, 1, 10" })
    void need_three_fields(String route, int adSets, int ads) {
        var answer = create(route, Map.of());

        assertThat(answer.status()).as(answer.body()::toPrettyString).isEqualTo(200);
        assertThat(answer.body().path("success").booleanValue()).isTrue();
        assertThat(answer.body().path("adSetIds")).hasSize(adSets);
        assertThat(answer.body().path("adIds")).hasSize(ads);
        var campaign = system.facebook().campaigns("act_1001").stream()
                .filter(each -> each.itself().id().equals(answer.body().path("campaignId").stringValue()))
                .findFirst().orElseThrow();
        assertThat(campaign.adSets()).hasSize(adSets);
        assertThat(campaign.ads()).hasSize(ads);
        Invariants.hold(system, answer.body().path("jobId").stringValue());
    }

    /** As their own guide says it, with the account as they call it. */
    @Test
    void send_the_request_of_their_guide() {
        var account = system.freshAccount();
        var body = Map.<String, Object>of("campaignName", "Guide " + UUID.randomUUID(), "objective", "CONVERSIONS",
                "duplicationSettings", Map.of("adSetCount", 10), "selectedAdAccountId",
                account.substring("act_".length()),
                "selectedPageId", "1000000001");

        var answer = system.http().post("/api/strategyForAll/create", body, Map.of());

        assertThat(answer.status()).as(answer.body()::toPrettyString).isEqualTo(200);
        assertThat(answer.body().path("objective").stringValue()).isEqualTo("OUTCOME_SALES");
        assertThat(answer.body().path("objectiveGiven").stringValue()).isEqualTo("CONVERSIONS");
        assertThat(system.facebook().campaign(account).adSets()).hasSize(11);
    }

    @Test
    void are_told_every_reason_of_a_refusal() {
        var answer = create("strategyForAll", Map.of("adAccountId", "act_1002"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("success").booleanValue()).isFalse();
        assertThat(answer.body().path("error").stringValue()).isEqualTo("Pre-creation verification failed");
        assertThat(answer.body().path("reasons")).isNotEmpty()
                .anySatisfy(reason -> assertThat(reason.stringValue()).contains("disabled"));
        assertThat(answer.body().path("details").path("account_active").path("outcome").stringValue())
                .isEqualTo("FAILED");
        assertThat(answer.body().path("details").path("token_valid").path("outcome").stringValue())
                .isEqualTo("PASSED");
    }

    @Test
    void are_told_that_nothing_is_left_of_a_launch_that_went_wrong() {
        var account = system.freshAccount();
        system.fault(account, FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 3, 1);

        var answer = create("strategyForAll", Map.of("adAccountId", account));

        assertThat(answer.status()).as(answer.body()::toPrettyString).isEqualTo(502);
        assertThat(answer.body().path("success").booleanValue()).isFalse();
        assertThat(answer.body().path("status").stringValue()).isEqualTo("rolled_back");
        assertThat(answer.body().path("reasons")).isNotEmpty();
        assertThat(answer.body().path("adSetIds")).isEmpty();
        assertThat(system.facebook().campaigns(account)).isEmpty();
    }

    private HttpApi.Response create(String route, Map<String, Object> more) {
        var body = new LinkedHashMap<String, Object>(more);
        body.put("campaignName", "Older sale " + UUID.randomUUID());
        body.put("objective", "OUTCOME_SALES");
        body.put("duplicationSettings", Map.of("adSetCount", 10));
        return system.http().post("/api/" + route + "/create", body, Map.of());
    }
}
