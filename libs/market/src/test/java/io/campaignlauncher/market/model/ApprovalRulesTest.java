package io.campaignlauncher.market.model;

import static io.campaignlauncher.market.model.MarketScenario.ADMIN;
import static io.campaignlauncher.market.model.MarketScenario.ANNA;
import static io.campaignlauncher.market.model.MarketScenario.CAMPAIGN;
import static io.campaignlauncher.market.model.MarketScenario.CHANNEL;
import static io.campaignlauncher.market.model.MarketScenario.LAUNCH;
import static io.campaignlauncher.market.model.MarketScenario.MODERATOR;
import static io.campaignlauncher.market.model.MarketScenario.PLACE;
import static io.campaignlauncher.market.model.MarketScenario.POLICY;
import static io.campaignlauncher.market.model.MarketScenario.SYSTEM;
import static io.campaignlauncher.market.model.MarketScenario.T0;
import static io.campaignlauncher.market.model.MarketScenario.TARGET;
import static io.campaignlauncher.market.model.MarketScenario.TENANT;
import static io.campaignlauncher.market.model.MarketScenario.active;
import static io.campaignlauncher.market.model.MarketScenario.actor;
import static io.campaignlauncher.market.model.MarketScenario.approved;
import static io.campaignlauncher.market.model.MarketScenario.by;
import static io.campaignlauncher.market.model.MarketScenario.id;
import static io.campaignlauncher.market.model.MarketScenario.posted;
import static io.campaignlauncher.market.model.MarketScenario.refunded;
import static io.campaignlauncher.market.model.MarketScenario.rejected;
import static io.campaignlauncher.market.model.MarketScenario.submitted;
import static io.campaignlauncher.market.model.MarketScenario.withDraft;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.market.model.LedgerEvent.EntryType;
import io.campaignlauncher.market.model.LedgerEvent.Leg;
import io.campaignlauncher.market.model.LedgerEvent.MoveKind;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How a target is let pass: state, money and post job together, or none of it. */
class ApprovalRulesTest {

    private static final MarketCommand APPROVE = new MarketCommand.ApproveTarget(TARGET, 1);

    @Test
    void an_approval_holds_the_money_and_queues_the_post_in_one_decision() {
        var cause = by(MODERATOR, Role.MODERATOR);
        var key = "escrow:" + TARGET + ":hold";
        var escrowWallet = MarketIds.escrowWallet(TARGET);
        var scenario = submitted().when(MODERATOR, APPROVE).then(
                new TargetEvent.TargetApproved(TARGET, CAMPAIGN, cause, 1, ContentHash.of(PLACE)),
                new LedgerEvent.WalletOpened(escrowWallet, cause, WalletKind.ESCROW, null),
                new TargetEvent.EscrowHeld(TARGET, CAMPAIGN, cause, MarketIds.escrow(TARGET), escrowWallet,
                        Money.of("10.00"), Money.of("1.00")),
                new LedgerEvent.MoneyMoved(MarketIds.transaction(TENANT, key), cause, key, MoveKind.ESCROW_HOLD,
                        CAMPAIGN, TARGET,
                        List.of(new Leg(MarketIds.userWallet(TENANT, "anna"),
                                new Money(Money.of("10").amount().negate()),
                                EntryType.ESCROW_HOLD), new Leg(escrowWallet, Money.of("10"), EntryType.ESCROW_HOLD))),
                new TargetEvent.PostQueued(TARGET, CAMPAIGN, cause, MarketIds.postJob(TARGET), ContentHash.of(PLACE),
                        T0.plus(POLICY.postingTime())));

        assertThat(scenario.states()).isEqualTo("approved held queued");
        assertThat(scenario.balance(ANNA)).isEqualTo("490.00");
    }

    @Test
    void a_second_approval_adds_nothing_whatever_became_of_the_target() {
        approved().when(MODERATOR, APPROVE).thenNothing().when(ADMIN, APPROVE).thenNothing();
        posted().when(MODERATOR, APPROVE).thenNothing();
        refunded().when(MODERATOR, APPROVE).thenNothing();
    }

    @Test
    void an_approval_names_the_version_that_the_moderator_saw() {
        submitted().when(MODERATOR, new MarketCommand.ApproveTarget(TARGET, 2))
                .thenRefused(409, new Refusal.VersionChanged(1));
        approved().when(MODERATOR, new MarketCommand.ApproveTarget(TARGET, 2))
                .thenRefused(409, new Refusal.VersionChanged(1));
    }

    @Test
    void what_was_not_submitted_or_is_rejected_is_not_approved() {
        withDraft().when(MODERATOR, APPROVE)
                .thenRefused(409, new Refusal.WrongState(Refusal.Subject.TARGET, "draft"));
        rejected().when(MODERATOR, APPROVE)
                .thenRefused(409, new Refusal.WrongState(Refusal.Subject.TARGET, "rejected"));
    }

    @Test
    void nobody_approves_their_own_campaign_whatever_their_roles_are() {
        var anna = actor("anna", Role.ADVERTISER, Role.MODERATOR, Role.ADMIN, Role.SUPER_ADMIN);
        submitted().when(anna, APPROVE).thenRefused(403, new Refusal.OwnCampaign())
                .when(anna, new MarketCommand.RejectTarget(TARGET, 1, "no"))
                .thenRefused(403, new Refusal.OwnCampaign());
    }

    @Test
    void an_advertiser_approves_nothing() {
        submitted().when(ANNA, APPROVE).thenRefused(403, new Refusal.RoleMissing(Action.APPROVE_TARGET));
    }

    @Test
    void a_paused_campaign_lets_nothing_pass() {
        submitted().given(ANNA, new MarketCommand.PauseCampaign(CAMPAIGN)).when(MODERATOR, APPROVE)
                .thenRefused(409, new Refusal.CampaignNotActive(CampaignStatus.PAUSED));
    }

    @Test
    void a_switch_that_is_off_or_cannot_be_read_refuses_and_loses_nothing() {
        submitted().with(MarketSwitch.NEW_ESCROWS, false).when(MODERATOR, APPROVE)
                .thenRefused(409, new Refusal.SwitchOff(MarketSwitch.NEW_ESCROWS))
                .with(MarketSwitch.NEW_ESCROWS, true).given(MODERATOR, APPROVE);

        var unreadable = submitted();
        unreadable.market().switches().remove(MarketSwitch.NEW_ESCROWS);
        unreadable.when(MODERATOR, APPROVE).thenRefused(409, new Refusal.SwitchOff(MarketSwitch.NEW_ESCROWS));
    }

    @Test
    void a_channel_on_hold_takes_no_post() {
        submitted().given(SYSTEM, new MarketCommand.RefreshChannel(CHANNEL, "Paula's", List.of("can_post_messages")))
                .when(MODERATOR, APPROVE)
                .thenRefused(409, new Refusal.ChannelNotReady(List.of("can_post_messages")));
    }

    @Test
    void a_review_that_is_over_is_over_also_where_its_timer_is_late() {
        submitted().later(POLICY.reviewTime()).when(MODERATOR, APPROVE)
                .thenRefused(409, new Refusal.TooLate(T0.plus(POLICY.reviewTime())));
    }

    @Test
    void a_campaign_never_holds_more_than_its_budget() {
        var scenario = active();
        for (int i = 0; i < 11; i++) {
            scenario.given(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, id("t" + i), PLACE))
                    .given(ANNA, new MarketCommand.SubmitTarget(CAMPAIGN, id("t" + i)));
        }
        for (int i = 0; i < 10; i++) {
            scenario.given(MODERATOR, new MarketCommand.ApproveTarget(id("t" + i), 1));
        }
        scenario.when(MODERATOR, new MarketCommand.ApproveTarget(id("t10"), 1))
                .thenRefused(409, new Refusal.BudgetExceeded(Money.ZERO));

        // What is refunded may be spent again.
        scenario.later(POLICY.postingTime()).given(SYSTEM, new MarketCommand.ExpirePosting(id("t3")))
                .given(MODERATOR, new MarketCommand.ApproveTarget(id("t10"), 1));
    }

    @Test
    void a_wallet_never_goes_below_zero() {
        var poor = actor("poor", Role.ADVERTISER);
        UUID campaign = id("poor's");
        active().given(poor, new MarketCommand.DraftCampaign(campaign, "Poor", "100"))
                .given(poor, new MarketCommand.ActivateCampaign(campaign))
                .given(poor, new MarketCommand.DraftTarget(campaign, TARGET, PLACE))
                .given(poor, new MarketCommand.SubmitTarget(campaign, TARGET))
                .when(MODERATOR, APPROVE).thenRefused(409, new Refusal.NotEnoughBalance())
                .given(ADMIN, new MarketCommand.Deposit("poor", "9.99", "bank-2"))
                .when(MODERATOR, APPROVE).thenRefused(409, new Refusal.NotEnoughBalance())
                .given(ADMIN, new MarketCommand.Deposit("poor", "0.01", "bank-3"))
                .given(MODERATOR, APPROVE);
    }

    @Test
    void the_time_for_a_planned_post_begins_at_its_time() {
        var at = T0.plus(Duration.ofDays(9));
        var scenario = active()
                .given(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET,
                        new Place.TelegramPost(CHANNEL, "x", null, null, at)))
                .given(ANNA, new MarketCommand.SubmitTarget(CAMPAIGN, TARGET)).when(MODERATOR, APPROVE);

        assertThat(scenario.theOnly(TargetEvent.PostQueued.class).deadline()).isEqualTo(at.plus(POLICY.postingTime()));
    }

    @Test
    void all_that_a_launch_on_facebook_costs_is_the_marketplaces() {
        var scenario = active().given(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET, LAUNCH))
                .given(ANNA, new MarketCommand.SubmitTarget(CAMPAIGN, TARGET)).given(MODERATOR, APPROVE)
                .given(SYSTEM, new MarketCommand.StartPosting(TARGET, 1))
                .given(SYSTEM,
                        new MarketCommand.ReportPosted(TARGET, 1, new Message(1001, 5, "https://facebook.com/5")))
                .given(SYSTEM, new MarketCommand.ReportLastLook(TARGET, T0, true));

        assertThat(scenario.states()).isEqualTo("posted released posted");
        assertThat(scenario.fees()).isEqualTo("25.00");
        assertThat(scenario.balance(ANNA)).isEqualTo("475.00");
    }
}
