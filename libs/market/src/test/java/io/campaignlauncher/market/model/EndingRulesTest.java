package io.campaignlauncher.market.model;

import static io.campaignlauncher.market.model.MarketScenario.ADMIN;
import static io.campaignlauncher.market.model.MarketScenario.ANNA;
import static io.campaignlauncher.market.model.MarketScenario.CAMPAIGN;
import static io.campaignlauncher.market.model.MarketScenario.PLACE;
import static io.campaignlauncher.market.model.MarketScenario.SYSTEM;
import static io.campaignlauncher.market.model.MarketScenario.TARGET;
import static io.campaignlauncher.market.model.MarketScenario.approved;
import static io.campaignlauncher.market.model.MarketScenario.by;
import static io.campaignlauncher.market.model.MarketScenario.drafted;
import static io.campaignlauncher.market.model.MarketScenario.id;
import static io.campaignlauncher.market.model.MarketScenario.posted;
import static io.campaignlauncher.market.model.MarketScenario.posting;
import static io.campaignlauncher.market.model.MarketScenario.refunded;
import static io.campaignlauncher.market.model.MarketScenario.submitted;
import static io.campaignlauncher.market.model.MarketScenario.unknown;
import static io.campaignlauncher.market.model.MarketScenario.withDraft;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How a campaign ends, and its targets with it. */
class EndingRulesTest {

    private static final MarketCommand CANCEL = new MarketCommand.CancelCampaign(CAMPAIGN);
    private static final MarketCommand COMPLETE = new MarketCommand.CompleteCampaign(CAMPAIGN);
    private static final Cause BY_ANNA = by(ANNA, Role.ADVERTISER);

    @Test
    void a_cancel_rejects_what_is_under_review() {
        submitted().when(ANNA, CANCEL).then(new CampaignEvent.CampaignCancelled(CAMPAIGN, BY_ANNA),
                new TargetEvent.TargetRejected(TARGET, CAMPAIGN, BY_ANNA, 1, EndingRules.CANCELLED));
    }

    @Test
    void a_cancel_refunds_what_has_not_gone_out() {
        var scenario = approved();
        assertThat(scenario.balance(ANNA)).isEqualTo("490.00");

        scenario.when(ADMIN, CANCEL);

        assertThat(scenario.theOnly(TargetEvent.EscrowRefunded.class).by()).isEqualTo(by(ADMIN, Role.ADMIN));
        assertThat(scenario.states()).isEqualTo("refunded refunded failed");
        assertThat(scenario.balance(ANNA)).isEqualTo("500.00");
    }

    @Test
    void a_cancel_refunds_what_was_tried_and_has_certainly_not_gone_out() {
        var scenario = posting().given(SYSTEM, new MarketCommand.ReportNotMade(TARGET, 1, "no rights"));

        assertThat(scenario.given(ANNA, CANCEL).states()).isEqualTo("refunded refunded failed");
    }

    @Test
    void a_cancel_waits_for_a_post_that_may_be_going_out() {
        posting().when(ANNA, CANCEL).thenRefused(409, new Refusal.PostUnderWay(List.of(TARGET)));
        unknown().when(ANNA, CANCEL).thenRefused(409, new Refusal.PostUnderWay(List.of(TARGET)));
    }

    @Test
    void a_cancel_leaves_what_is_posted_and_it_is_still_paid() {
        var scenario = posted().given(ANNA, CANCEL).given(SYSTEM,
                new MarketCommand.ReportLastLook(TARGET, MarketScenario.T0, true));

        assertThat(scenario.states()).isEqualTo("posted released posted");
    }

    @Test
    void a_cancel_takes_all_targets_at_once() {
        var scenario = approved();
        for (int i = 0; i < 3; i++) {
            scenario.given(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, id("t" + i), PLACE))
                    .given(ANNA, new MarketCommand.SubmitTarget(CAMPAIGN, id("t" + i)));
        }
        scenario.given(MarketScenario.MODERATOR, new MarketCommand.ApproveTarget(id("t0"), 1)).given(ANNA, CANCEL);

        assertThat(scenario.market().targets.values()).extracting(TargetState::status).containsExactlyInAnyOrder(
                TargetStatus.REFUNDED, TargetStatus.REFUNDED, TargetStatus.REJECTED, TargetStatus.REJECTED);
        assertThat(scenario.balance(ANNA)).isEqualTo("500.00");
    }

    @Test
    void a_cancel_again_adds_nothing() {
        approved().given(ANNA, CANCEL).when(ANNA, CANCEL).thenNothing().when(ADMIN, CANCEL).thenNothing();
    }

    @Test
    void a_draft_is_cancelled_too() {
        drafted().when(ANNA, CANCEL).then(new CampaignEvent.CampaignCancelled(CAMPAIGN, BY_ANNA));
    }

    @Test
    void a_campaign_is_completed_when_nothing_of_it_is_under_way() {
        submitted().when(ANNA, COMPLETE).thenRefused(409, new Refusal.TargetsUnderWay(1));
        approved().when(ANNA, COMPLETE).thenRefused(409, new Refusal.TargetsUnderWay(1));
        withDraft().when(ANNA, COMPLETE).then(new CampaignEvent.CampaignCompleted(CAMPAIGN, BY_ANNA))
                .when(ANNA, COMPLETE).thenNothing();
        refunded().when(ANNA, COMPLETE).then(new CampaignEvent.CampaignCompleted(CAMPAIGN, BY_ANNA));
    }

    @Test
    void a_draft_is_not_completed() {
        drafted().when(ANNA, COMPLETE).thenRefused(409, new Refusal.WrongState(Refusal.Subject.CAMPAIGN, "draft"));
    }
}
