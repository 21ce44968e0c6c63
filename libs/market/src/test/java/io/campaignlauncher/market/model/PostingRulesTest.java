package io.campaignlauncher.market.model;

import static io.campaignlauncher.market.model.MarketScenario.ANNA;
import static io.campaignlauncher.market.model.MarketScenario.CAMPAIGN;
import static io.campaignlauncher.market.model.MarketScenario.CHANNEL;
import static io.campaignlauncher.market.model.MarketScenario.MODERATOR;
import static io.campaignlauncher.market.model.MarketScenario.PAULA;
import static io.campaignlauncher.market.model.MarketScenario.POLICY;
import static io.campaignlauncher.market.model.MarketScenario.POST;
import static io.campaignlauncher.market.model.MarketScenario.SYSTEM;
import static io.campaignlauncher.market.model.MarketScenario.T0;
import static io.campaignlauncher.market.model.MarketScenario.TARGET;
import static io.campaignlauncher.market.model.MarketScenario.TENANT;
import static io.campaignlauncher.market.model.MarketScenario.active;
import static io.campaignlauncher.market.model.MarketScenario.approved;
import static io.campaignlauncher.market.model.MarketScenario.bySystem;
import static io.campaignlauncher.market.model.MarketScenario.posted;
import static io.campaignlauncher.market.model.MarketScenario.posting;
import static io.campaignlauncher.market.model.MarketScenario.refunded;
import static io.campaignlauncher.market.model.MarketScenario.released;
import static io.campaignlauncher.market.model.MarketScenario.submitted;
import static io.campaignlauncher.market.model.MarketScenario.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.market.model.LedgerEvent.EntryType;
import io.campaignlauncher.market.model.LedgerEvent.Leg;
import io.campaignlauncher.market.model.LedgerEvent.MoveKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a worker may post, when the publisher is paid, and when it is too late for both. */
class PostingRulesTest {

    private static final MarketCommand RELEASE = new MarketCommand.ReleaseEscrow(TARGET);
    private static final MarketCommand EXPIRE = new MarketCommand.ExpirePosting(TARGET);

    @Test
    void a_worker_may_post_once() {
        approved().when(SYSTEM, start(1))
                .then(MarketScenario.started(1))
                .when(SYSTEM, start(1)).thenNothing()
                .when(SYSTEM, start(2)).thenRefused(409, new Refusal.PostUnderWay(List.of(TARGET)));
    }

    @Test
    void an_unknown_outcome_lets_nobody_post_again() {
        unknown().when(SYSTEM, start(2)).thenRefused(409, new Refusal.PostUnderWay(List.of(TARGET)));
    }

    @Test
    void what_was_certainly_not_made_may_be_tried_again_a_bounded_number_of_times() {
        approved().given(SYSTEM, start(1)).given(SYSTEM, new MarketCommand.ReportNotMade(TARGET, 1, "no rights"))
                .when(SYSTEM, start(3)).thenInvalid("attempt")
                .given(SYSTEM, start(2)).given(SYSTEM, new MarketCommand.ReportNotMade(TARGET, 2, "no rights"))
                .given(SYSTEM, start(3)).given(SYSTEM, new MarketCommand.ReportNotMade(TARGET, 3, "no rights"))
                .when(SYSTEM, start(4)).thenRefused(409, new Refusal.TooManyStarts(3));
    }

    @Test
    void a_start_waits_for_switch_campaign_channel_and_time() {
        var at = T0.plus(Duration.ofHours(5));
        active().given(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET,
                new Place.TelegramPost(CHANNEL, "x", null, null, at)))
                .given(ANNA, new MarketCommand.SubmitTarget(CAMPAIGN, TARGET))
                .given(MODERATOR, new MarketCommand.ApproveTarget(TARGET, 1))
                .when(SYSTEM, start(1)).thenRefused(409, new Refusal.TooEarly(at))
                .later(Duration.ofHours(5))
                .with(MarketSwitch.TELEGRAM_POSTING, false).when(SYSTEM, start(1))
                .thenRefused(409, new Refusal.SwitchOff(MarketSwitch.TELEGRAM_POSTING))
                .with(MarketSwitch.TELEGRAM_POSTING, true)
                .given(ANNA, new MarketCommand.PauseCampaign(CAMPAIGN)).when(SYSTEM, start(1))
                .thenRefused(409, new Refusal.CampaignNotActive(CampaignStatus.PAUSED))
                .given(ANNA, new MarketCommand.ResumeCampaign(CAMPAIGN))
                .given(SYSTEM, new MarketCommand.RefreshChannel(CHANNEL, "Paula's", List.of("can_post_messages")))
                .when(SYSTEM, start(1)).thenRefused(409, new Refusal.ChannelNotReady(List.of("can_post_messages")))
                .given(PAULA, new MarketCommand.RefreshChannel(CHANNEL, "Paula's", List.of()))
                .given(SYSTEM, start(1));
    }

    @Test
    void nothing_is_started_without_an_approval_after_the_end_or_too_late() {
        submitted().when(SYSTEM, start(1))
                .thenRefused(409, new Refusal.WrongState(Refusal.Subject.TARGET, "submitted"));
        refunded().when(SYSTEM, start(2)).thenRefused(409, new Refusal.WrongState(Refusal.Subject.TARGET, "refunded"));
        approved().later(POLICY.postingTime()).when(SYSTEM, start(1))
                .thenRefused(409, new Refusal.TooLate(T0.plus(POLICY.postingTime())));
    }

    @Test
    void the_publisher_is_paid_after_the_last_look_less_the_commission() {
        var scenario = posted().with(MarketSwitch.PAYOUTS, false)
                .given(SYSTEM, new MarketCommand.ReportLastLook(TARGET, T0, true));
        assertThat(scenario.states()).isEqualTo("posted held posted");

        scenario.when(SYSTEM, RELEASE).thenRefused(409, new Refusal.SwitchOff(MarketSwitch.PAYOUTS))
                .with(MarketSwitch.PAYOUTS, true).when(SYSTEM, RELEASE);

        assertThat(scenario.theOnly(LedgerEvent.MoneyMoved.class)).isEqualTo(new LedgerEvent.MoneyMoved(
                MarketIds.transaction(TENANT, LedgerKey.end(TARGET)), bySystem(), "escrow:" + TARGET + ":end",
                MoveKind.ESCROW_RELEASE, CAMPAIGN, TARGET,
                List.of(new Leg(MarketIds.escrowWallet(TARGET), Money.of("10").negated(), EntryType.ESCROW_RELEASE),
                        new Leg(MarketIds.userWallet(TENANT, "paula"), Money.of("9"), EntryType.ESCROW_RELEASE),
                        new Leg(MarketIds.fees(TENANT), Money.of("1"), EntryType.COMMISSION))));
        assertThat(scenario.states()).isEqualTo("posted released posted");
        scenario.when(SYSTEM, RELEASE).thenNothing();
    }

    @Test
    void nothing_is_paid_before_the_last_look() {
        posted().when(SYSTEM, RELEASE).thenRefused(409, new Refusal.NotLookedAt());
        posting().when(SYSTEM, RELEASE).thenRefused(409, new Refusal.WrongState(Refusal.Subject.TARGET, "approved"));
        refunded().when(SYSTEM, RELEASE).thenRefused(409, new Refusal.WrongState(Refusal.Subject.TARGET, "refunded"));
    }

    @Test
    void nothing_is_paid_while_an_attempt_is_unknown() {
        var scenario = posted().given(SYSTEM, new MarketCommand.ReportUnknown(TARGET, 2, "late"));
        assertThat(scenario.target().post().attempts()).hasSize(1);

        // Attempt 1 was said not to have posted, attempt 2 is under way, and attempt 1 has posted after all.
        var late = posting().given(SYSTEM, new MarketCommand.ReportNotMade(TARGET, 1, "not found"))
                .given(SYSTEM, start(2)).given(SYSTEM, new MarketCommand.ReportPosted(TARGET, 1, POST));
        late.when(SYSTEM, RELEASE).thenRefused(409, new Refusal.PostUnderWay(List.of(TARGET)))
                .given(SYSTEM, new MarketCommand.ReportLastLook(TARGET, T0, true));
        assertThat(late.states()).isEqualTo("posted released posted");
    }

    @Test
    void what_did_not_go_out_in_time_is_refunded() {
        var scenario = approved().later(POLICY.postingTime().minusMillis(1)).when(SYSTEM, EXPIRE).thenNothing()
                .later(Duration.ofMillis(1)).given(SYSTEM, EXPIRE);

        assertThat(scenario.states()).isEqualTo("refunded refunded failed");
        assertThat(scenario.balance(ANNA)).isEqualTo("500.00");
        scenario.when(SYSTEM, EXPIRE).thenNothing();
    }

    @Test
    void a_deadline_waits_for_an_outcome_that_is_open() {
        for (var open : List.of(posting(), unknown())) {
            open.later(POLICY.postingTime()).when(SYSTEM, EXPIRE).thenNothing()
                    .given(SYSTEM, new MarketCommand.ReportNotMade(TARGET, 1, "not found")).given(SYSTEM, EXPIRE);
            assertThat(open.states()).isEqualTo("refunded refunded failed");
        }
    }

    @Test
    void a_deadline_after_the_post_does_nothing() {
        posted().later(POLICY.postingTime()).when(SYSTEM, EXPIRE).thenNothing();
        released().later(POLICY.postingTime()).when(SYSTEM, EXPIRE).thenNothing();
    }

    private static MarketCommand start(int attempt) {
        return new MarketCommand.StartPosting(TARGET, attempt);
    }
}
