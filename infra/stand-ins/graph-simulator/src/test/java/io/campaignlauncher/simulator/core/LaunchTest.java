package io.campaignlauncher.simulator.core;

import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.id;
import static io.campaignlauncher.simulator.core.Api.names;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static io.campaignlauncher.simulator.core.Api.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchTest {

    private final Api api = new Api();

    @Test
    void makes_a_campaign_with_fifty_branches() {
        var campaign = api.campaign("Summer sale", "adlabels", "[{\"name\":\"job-1\"}]");
        for (int slot = 1; slot <= 50; slot++) {
            api.passes(Duration.ofMillis(100));
            assertThat(outcomes(api.branch(campaign, "Summer sale " + slot))).containsExactly("ok", "ok");
        }
        assertThat(api.simulator.world().count(ACCOUNT, "Summer sale")).isEqualTo(new WorldView.Count(1, 50, 50, 0));
        assertThat(api.simulator.world().campaigns(ACCOUNT).getFirst().labels()).containsExactly("job-1");
        assertThat(names(api.get(campaign + "/adsets", "fields", "name", "limit", "100"))).hasSize(50);
    }

    @Test
    void commits_although_the_answer_of_the_whole_batch_is_lost() {
        var campaign = api.campaign("Sale");
        api.simulator.faults().add(Fault.once(FaultTarget.CREATE_AD_SET, FaultEffect.replyLost()).from(2));
        assertThat(outcomes(api.branch(campaign, "1"))).containsExactly("ok", "ok");
        assertThat(outcome(api.branch(campaign, "2"))).isEqualTo("CONNECTION_CLOSED");
        assertThat(api.simulator.world().count(ACCOUNT, "Sale")).isEqualTo(new WorldView.Count(1, 2, 2, 0));
    }

    @Test
    void answers_success_and_stores_nothing_in_a_silent_failure() {
        var campaign = api.campaign("Sale");
        api.simulator.faults().add(Fault.once(FaultTarget.CREATE_AD_SET, new FaultEffect.SilentFailure()));
        var reply = api.branch(campaign, "1");
        assertThat(outcomes(reply)).containsExactly("ok", "ok");
        assertThat(api.simulator.world().count(ACCOUNT, "Sale")).isEqualTo(new WorldView.Count(1, 0, 0, 0));
        var id = Api.body(reply.json().get(0)).path("id").asString();
        assertThat(outcome(api.get(id))).isEqualTo("100/33");
    }

    @Test
    void disables_the_account_at_the_thirty_first_ad_set() {
        var campaign = api.campaign("Sale");
        api.simulator.faults().add(Fault.once(FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled()).from(31));
        for (int slot = 1; slot <= 30; slot++) {
            api.passes(Duration.ofMillis(100));
            api.branch(campaign, "Set " + slot);
        }
        assertThat(outcomes(api.branch(campaign, "Set 31"))).containsExactly("200", "960");
        assertThat(outcomes(api.branch(campaign, "Set 32"))).containsExactly("200", "960");
        assertThat(api.get(ACCOUNT, "fields", "account_status").json().path("account_status").asInt()).isEqualTo(2);
        assertThat(outcome(api.delete(campaign))).isEqualTo("ok");
        assertThat(api.simulator.world().campaigns(ACCOUNT)).isEmpty();
    }

    @Test
    void keeps_names_without_the_blanks_at_their_ends() {
        var campaign = api.campaign(" Sale\t");
        var adSet = api.adSet(campaign, "Set ");
        var ad = id(api.post(ACCOUNT + "/ads", Api.adOf(adSet, " Ad")));

        for (var kept : Map.of(campaign, "Sale", adSet, "Set", ad, "Ad").entrySet()) {
            assertThat(api.get(kept.getKey(), "fields", "name").json().path("name").asString())
                    .isEqualTo(kept.getValue());
        }
        api.post(ad, "name", " Renamed ");
        assertThat(api.get(ad, "fields", "name").json().path("name").asString()).isEqualTo("Renamed");
    }

    @Test
    void reads_back_what_was_written() {
        var campaign = api.campaign("Sale");
        var adSet = api.adSet(campaign, "Set");
        var ad = id(api.post(ACCOUNT + "/ads", Api.adOf(adSet, "Ad", "status", "ACTIVE")));
        var node = api
                .get(ad, "fields", "name,status,effective_status,adset{name,daily_budget},campaign_id,creative{id}")
                .json();
        assertThat(node.path("effective_status").asString()).isEqualTo("CAMPAIGN_PAUSED");
        assertThat(node.path("adset").path("daily_budget").isString()).isTrue();
        assertThat(node.path("campaign_id").asString()).isEqualTo(campaign);
        assertThat(node.path("creative").path("id").asString()).isNotEmpty();
    }
}
