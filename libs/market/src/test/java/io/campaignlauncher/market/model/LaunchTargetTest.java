package io.campaignlauncher.market.model;

import static io.campaignlauncher.market.model.MarketScenario.ADMIN;
import static io.campaignlauncher.market.model.MarketScenario.ANNA;
import static io.campaignlauncher.market.model.MarketScenario.CAMPAIGN;
import static io.campaignlauncher.market.model.MarketScenario.LAUNCH;
import static io.campaignlauncher.market.model.MarketScenario.MODERATOR;
import static io.campaignlauncher.market.model.MarketScenario.POLICY;
import static io.campaignlauncher.market.model.MarketScenario.SYSTEM;
import static io.campaignlauncher.market.model.MarketScenario.T0;
import static io.campaignlauncher.market.model.MarketScenario.TARGET;
import static io.campaignlauncher.market.model.MarketScenario.by;
import static io.campaignlauncher.market.model.MarketScenario.bySystem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A target that is a launch on Facebook: its job is the worker, whose end is told once. */
class LaunchTargetTest {

    private static final UUID JOB = MarketIds.postJob(TARGET);
    private static final Message MADE = new Message(1001, 120_000_000_000_001L, "https://example.com/campaign");
    private static final MarketCommand POSTED = new MarketCommand.ReportPosted(TARGET, 1, MADE);
    private static final MarketCommand LOOKED = new MarketCommand.ReportLastLook(TARGET, T0, true);

    private static MarketScenario approved() {
        return MarketScenario.active().given(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET, LAUNCH))
                .given(ANNA, new MarketCommand.SubmitTarget(CAMPAIGN, TARGET))
                .given(MODERATOR, new MarketCommand.ApproveTarget(TARGET, 1));
    }

    private static MarketScenario launching() {
        return approved().given(SYSTEM, new MarketCommand.StartPosting(TARGET, 1));
    }

    @Test
    void its_start_says_whose_launch_it_is_and_no_switch_of_telegram_holds_it_up() {
        approved().with(MarketSwitch.TELEGRAM_POSTING, false).when(SYSTEM, new MarketCommand.StartPosting(TARGET, 1))
                .then(new TargetEvent.PostingStarted(TARGET, CAMPAIGN, bySystem(), JOB, 1, LAUNCH, null,
                        T0.plus(POLICY.postingTime()), "anna"));
    }

    @Test
    void what_it_costs_is_all_the_marketplaces_once_it_is_there() {
        var scenario = launching().given(SYSTEM, POSTED).given(SYSTEM, LOOKED);

        assertThat(scenario.states()).isEqualTo("posted released posted");
        assertThat(scenario.fees()).isEqualTo(POLICY.launchPrice().toString());
        scenario.when(SYSTEM, POSTED).thenNothing().when(SYSTEM, LOOKED).thenNothing()
                .when(SYSTEM, new MarketCommand.ReportRolledBack(TARGET, "late")).thenNothing();
    }

    @Test
    void while_it_runs_its_campaign_is_not_cancelled_and_its_time_does_not_end_it() {
        launching().when(ANNA, new MarketCommand.CancelCampaign(CAMPAIGN))
                .thenRefused(409, new Refusal.PostUnderWay(List.of(TARGET)))
                .later(POLICY.postingTime().plus(POLICY.postingTime()))
                .when(SYSTEM, new MarketCommand.ExpirePosting(TARGET)).thenNothing()
                .given(SYSTEM, new MarketCommand.ReportRolledBack(TARGET, "the account is suspended"));
    }

    @Test
    void what_a_person_has_seen_of_it_is_its_last_look() {
        var cause = by(ADMIN, Role.ADMIN);
        var scenario = launching().given(SYSTEM, new MarketCommand.ReportUnknown(TARGET, 1, "something may be left"))
                .when(ADMIN, new MarketCommand.DecideUnknownPost(TARGET, true, MADE, "it is there"))
                .then(new TargetEvent.UnknownPostDecided(TARGET, CAMPAIGN, cause, JOB, true, MADE, "it is there", true),
                        new TargetEvent.PostPublished(TARGET, CAMPAIGN, cause, JOB, 1, MADE),
                        new TargetEvent.LastLookPassed(TARGET, CAMPAIGN, cause, JOB, T0))
                .given(SYSTEM, new MarketCommand.ReleaseEscrow(TARGET));

        assertThat(scenario.states()).isEqualTo("posted released posted");
    }

    @Test
    void a_campaign_in_another_account_is_no_launch_of_it() {
        launching().when(SYSTEM, new MarketCommand.ReportPosted(TARGET, 1, new Message(1002, 7, "x")))
                .then(new TargetEvent.PostOutcomeUnknown(TARGET, CAMPAIGN, bySystem(), JOB, 1,
                        "a post was reported in another place"));
    }
}
