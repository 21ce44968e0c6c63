package io.campaignlauncher.market.model;

import static io.campaignlauncher.market.model.MarketScenario.ANNA;
import static io.campaignlauncher.market.model.MarketScenario.CAMPAIGN;
import static io.campaignlauncher.market.model.MarketScenario.CHANNEL;
import static io.campaignlauncher.market.model.MarketScenario.CHAT;
import static io.campaignlauncher.market.model.MarketScenario.MODERATOR;
import static io.campaignlauncher.market.model.MarketScenario.PLACE;
import static io.campaignlauncher.market.model.MarketScenario.POST;
import static io.campaignlauncher.market.model.MarketScenario.SYSTEM;
import static io.campaignlauncher.market.model.MarketScenario.T0;
import static io.campaignlauncher.market.model.MarketScenario.TARGET;
import static io.campaignlauncher.market.model.MarketScenario.approved;
import static io.campaignlauncher.market.model.MarketScenario.bySystem;
import static io.campaignlauncher.market.model.MarketScenario.id;
import static io.campaignlauncher.market.model.MarketScenario.posted;
import static io.campaignlauncher.market.model.MarketScenario.posting;
import static io.campaignlauncher.market.model.MarketScenario.refunded;
import static io.campaignlauncher.market.model.MarketScenario.released;
import static io.campaignlauncher.market.model.MarketScenario.submitted;
import static io.campaignlauncher.market.model.MarketScenario.unknown;
import static io.campaignlauncher.market.model.MarketScenario.withDraft;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Reports are facts: never refused, without effect when they come again, and money does not move while an outcome is open. */
class ReportRulesTest {

    private static final UUID JOB = MarketIds.postJob(TARGET);
    private static final Message OTHER = new Message(CHAT, 78, "https://t.me/c/1001/78");

    @Test
    void a_post_is_there_once_it_was_read_back() {
        posting().when(SYSTEM, postedBy(1, POST))
                .then(new TargetEvent.PostPublished(TARGET, CAMPAIGN, bySystem(), JOB, 1, POST))
                .when(SYSTEM, postedBy(1, POST)).thenNothing();
    }

    @Test
    void a_post_whose_start_is_not_known_is_a_fact_all_the_same() {
        var scenario = approved().when(SYSTEM, postedBy(1, POST)).then(
                MarketScenario.started(1),
                new TargetEvent.PostPublished(TARGET, CAMPAIGN, bySystem(), JOB, 1, POST));

        assertThat(scenario.states()).isEqualTo("posted held posted");
        assertThat(approved().given(SYSTEM, postedBy(0, POST)).states()).isEqualTo("posted held posted");
    }

    @Test
    void an_unknown_outcome_is_resolved_by_a_post_or_by_its_absence() {
        assertThat(unknown().given(SYSTEM, postedBy(1, POST)).states()).isEqualTo("posted held posted");
        assertThat(unknown().given(SYSTEM, new MarketCommand.ReportNotMade(TARGET, 1, "not found")).states())
                .isEqualTo("approved held posting");
    }

    @Test
    void an_unknown_outcome_told_again_adds_nothing_and_does_not_undo_what_is_known() {
        var again = new MarketCommand.ReportUnknown(TARGET, 1, "again");
        unknown().when(SYSTEM, again).thenNothing();
        posted().when(SYSTEM, again).thenNothing();
        refunded().when(SYSTEM, again).thenNothing().when(SYSTEM, new MarketCommand.ReportUnknown(TARGET, 2, "new"))
                .thenNothing();
    }

    @Test
    void money_does_not_move_while_an_outcome_is_unknown() {
        var scenario = unknown();
        assertThat(scenario.balance(ANNA)).isEqualTo("490.00");
        // Attempt 2 is refused for good; of attempt 1 nobody knows.
        scenario.when(SYSTEM, new MarketCommand.ReportFailed(TARGET, 2, "text refused")).thenNothing();
        assertThat(scenario.states()).isEqualTo("approved held posting");
        scenario.given(SYSTEM, new MarketCommand.ReportFailed(TARGET, 1, "text refused"));
        assertThat(scenario.states()).isEqualTo("refunded refunded failed");
    }

    @Test
    void a_post_that_was_refused_is_refunded() {
        var scenario = posting().given(SYSTEM, new MarketCommand.ReportFailed(TARGET, 1, "text refused"));

        assertThat(scenario.states()).isEqualTo("refunded refunded failed");
        assertThat(scenario.balance(ANNA)).isEqualTo("500.00");
        assertThat(scenario.target().post().failure()).isEqualTo("text refused");
        scenario.when(SYSTEM, new MarketCommand.ReportFailed(TARGET, 1, "text refused")).thenNothing();
    }

    @Test
    void a_post_that_the_rehearsal_refused_is_refunded_without_any_attempt() {
        assertThat(approved().given(SYSTEM, new MarketCommand.ReportFailed(TARGET, 0, "bad button")).states())
                .isEqualTo("refunded refunded failed");
    }

    @Test
    void what_was_rolled_back_is_refunded_whatever_was_unknown() {
        assertThat(unknown().given(SYSTEM, new MarketCommand.ReportRolledBack(TARGET, "deleted")).states())
                .isEqualTo("refunded refunded failed");
    }

    @Test
    void a_post_that_comes_after_the_refund_is_recorded_once_and_moves_no_money() {
        var scenario = refunded().when(SYSTEM, postedBy(1, POST))
                .then(new TargetEvent.SurplusPostFound(TARGET, CAMPAIGN, bySystem(), JOB, POST))
                .when(SYSTEM, postedBy(1, POST)).thenNothing();

        assertThat(scenario.states()).isEqualTo("refunded refunded failed");
    }

    @Test
    void a_second_post_is_surplus() {
        posted().when(SYSTEM, postedBy(1, OTHER))
                .then(new TargetEvent.SurplusPostFound(TARGET, CAMPAIGN, bySystem(), JOB, OTHER))
                .when(SYSTEM, postedBy(1, OTHER)).thenNothing();
    }

    @Test
    void surplus_of_an_attempt_whose_outcome_is_open_leaves_it_open_until_the_last_look() {
        var scenario = posting().given(SYSTEM, new MarketCommand.ReportNotMade(TARGET, 1, "not found"))
                .given(SYSTEM, new MarketCommand.StartPosting(TARGET, 2)).given(SYSTEM, postedBy(1, POST))
                .when(SYSTEM, postedBy(2, OTHER))
                .then(new TargetEvent.SurplusPostFound(TARGET, CAMPAIGN, bySystem(), JOB, OTHER))
                .when(SYSTEM, postedBy(2, OTHER)).thenNothing();

        assertThat(scenario.target().post().outcomeOpen()).isTrue();
        assertThat(scenario.given(SYSTEM, new MarketCommand.ReportLastLook(TARGET, T0, true)).states())
                .isEqualTo("posted released posted");
    }

    @Test
    void surplus_is_noted_a_bounded_number_of_times() {
        var scenario = posted();
        for (int i = 0; i < PostState.SURPLUS_MAX + 5; i++) {
            scenario.given(SYSTEM, postedBy(1, new Message(CHAT, 1_000 + i, "x")));
        }
        assertThat(scenario.target().post().surplus()).hasSize(PostState.SURPLUS_MAX);
    }

    @Test
    void a_post_that_cannot_be_so_leaves_the_outcome_unknown() {
        for (var lie : List.of(new Message(CHAT, 0, "x"), new Message(CHAT - 1, 77, "x"))) {
            assertThat(posting().when(SYSTEM, postedBy(1, lie)).theOnly(TargetEvent.PostOutcomeUnknown.class).attempt())
                    .isEqualTo(1);
        }
    }

    @Test
    void one_post_is_not_two_targets() {
        var other = id("other");
        posted().given(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, other, PLACE))
                .given(ANNA, new MarketCommand.SubmitTarget(CAMPAIGN, other))
                .given(MODERATOR, new MarketCommand.ApproveTarget(other, 1))
                .given(SYSTEM, new MarketCommand.StartPosting(other, 1))
                .when(SYSTEM, new MarketCommand.ReportPosted(other, 1, POST))
                .theOnly(TargetEvent.PostOutcomeUnknown.class);
    }

    @Test
    void the_last_look_pays_once() {
        var look = new MarketCommand.ReportLastLook(TARGET, T0, true);
        var scenario = posted().given(SYSTEM, look);

        assertThat(scenario.states()).isEqualTo("posted released posted");
        assertThat(scenario.fees()).isEqualTo("1.00");
        scenario.when(SYSTEM, look).thenNothing();
    }

    @Test
    void a_last_look_of_what_is_not_posted_changes_nothing() {
        posting().when(SYSTEM, new MarketCommand.ReportLastLook(TARGET, T0, true)).thenNothing();
        refunded().when(SYSTEM, new MarketCommand.ReportLastLook(TARGET, T0, false)).thenNothing();
    }

    @Test
    void a_post_that_is_there_no_more_is_not_paid() {
        var scenario = posted().when(SYSTEM, new MarketCommand.ReportLastLook(TARGET, T0, false))
                .then(new TargetEvent.PostMissing(TARGET, CAMPAIGN, bySystem(), JOB, T0))
                .when(SYSTEM, new MarketCommand.ReportLastLook(TARGET, T0, false)).thenNothing()
                .when(SYSTEM, new MarketCommand.ReportLastLook(TARGET, T0, true)).thenNothing();

        assertThat(scenario.states()).isEqualTo("posted held posted");
        scenario.when(SYSTEM, new MarketCommand.ReleaseEscrow(TARGET)).thenRefused(409, new Refusal.NotLookedAt());
    }

    @Test
    void what_is_gone_after_it_was_paid_changes_nothing() {
        released().when(SYSTEM, new MarketCommand.ReportLastLook(TARGET, T0, false)).thenNothing()
                .when(SYSTEM, new MarketCommand.ReportRolledBack(TARGET, "deleted")).thenNothing();
    }

    @Test
    void a_report_of_what_is_not_known_or_has_no_post_job_changes_nothing() {
        for (var report : List.of(postedBy(1, POST), new MarketCommand.ReportUnknown(TARGET, 1, "x"),
                new MarketCommand.ReportNotMade(TARGET, 1, "x"), new MarketCommand.ReportFailed(TARGET, 1, "x"),
                new MarketCommand.ReportRolledBack(TARGET, "x"), new MarketCommand.ReportLastLook(TARGET, T0, true))) {
            withDraft().when(SYSTEM, report).thenNothing();
            submitted().when(SYSTEM, report).thenNothing();
            MarketScenario.active().when(SYSTEM, report).thenNothing();
        }
    }

    @Test
    void nobody_but_a_worker_reports() {
        posting().when(ANNA, postedBy(1, POST)).thenRefused(403, new Refusal.RoleMissing(Action.REPORT_POST))
                .when(MODERATOR, postedBy(1, POST)).thenRefused(403, new Refusal.RoleMissing(Action.REPORT_POST));
    }

    @Test
    void a_channel_that_lost_its_rights_stops_no_report() {
        assertThat(posting().given(SYSTEM, new MarketCommand.RefreshChannel(CHANNEL, "Paula's", List.of("x")))
                .given(SYSTEM, postedBy(1, POST)).states()).isEqualTo("posted held posted");
    }

    private static MarketCommand postedBy(int attempt, Message message) {
        return new MarketCommand.ReportPosted(TARGET, attempt, message);
    }
}
