package io.campaignlauncher.market.model;

import static io.campaignlauncher.market.model.MarketScenario.ADMIN;
import static io.campaignlauncher.market.model.MarketScenario.ANNA;
import static io.campaignlauncher.market.model.MarketScenario.CAMPAIGN;
import static io.campaignlauncher.market.model.MarketScenario.CHAT;
import static io.campaignlauncher.market.model.MarketScenario.MODERATOR;
import static io.campaignlauncher.market.model.MarketScenario.POST;
import static io.campaignlauncher.market.model.MarketScenario.SUPER_ADMIN;
import static io.campaignlauncher.market.model.MarketScenario.SYSTEM;
import static io.campaignlauncher.market.model.MarketScenario.T0;
import static io.campaignlauncher.market.model.MarketScenario.TARGET;
import static io.campaignlauncher.market.model.MarketScenario.by;
import static io.campaignlauncher.market.model.MarketScenario.posted;
import static io.campaignlauncher.market.model.MarketScenario.posting;
import static io.campaignlauncher.market.model.MarketScenario.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a person decides about a post of which no worker can tell what became of it. */
class UnknownPostRulesTest {

    private static final UUID JOB = MarketIds.postJob(TARGET);
    private static final MarketCommand POSTED = new MarketCommand.DecideUnknownPost(TARGET, true, POST, "seen by me");
    private static final MarketCommand NOT_POSTED = new MarketCommand.DecideUnknownPost(TARGET, false, null, "no post");

    private static final MarketCommand ASKED = new MarketCommand.ReportAsked(TARGET, 1, "it cannot be read");

    @Test
    void a_person_says_that_it_exists_and_the_last_look_still_comes_before_the_money() {
        var cause = by(ADMIN, Role.ADMIN);
        var scenario = unknown().when(ADMIN, POSTED).then(
                new TargetEvent.UnknownPostDecided(TARGET, CAMPAIGN, cause, JOB, true, POST, "seen by me", false),
                new TargetEvent.PostPublished(TARGET, CAMPAIGN, cause, JOB, 1, POST));

        assertThat(scenario.states()).isEqualTo("posted held posted");
        scenario.when(ADMIN, POSTED).thenNothing().when(SUPER_ADMIN, NOT_POSTED)
                .thenRefused(409, new Refusal.NothingToDecide());
    }

    @Test
    void a_person_says_that_it_does_not_exist_and_the_money_comes_back() {
        var scenario = unknown().given(ADMIN, NOT_POSTED);

        assertThat(scenario.states()).isEqualTo("refunded refunded failed");
        assertThat(scenario.balance(ANNA)).isEqualTo("500.00");
        scenario.when(ADMIN, NOT_POSTED).thenNothing().when(ADMIN, POSTED)
                .thenRefused(409, new Refusal.NothingToDecide());
    }

    @Test
    void a_decision_has_a_reason_and_names_the_post() {
        unknown().when(ADMIN, new MarketCommand.DecideUnknownPost(TARGET, true, POST, "")).thenInvalid("reason")
                .when(ADMIN, new MarketCommand.DecideUnknownPost(TARGET, true, null, "x")).thenInvalid("message")
                .when(ADMIN, new MarketCommand.DecideUnknownPost(TARGET, true, new Message(CHAT + 1, 7, "x"), "x"))
                .thenInvalid("message");
    }

    @Test
    void what_a_worker_can_still_tell_is_not_decided_by_a_person() {
        posting().when(ADMIN, NOT_POSTED).thenRefused(409, new Refusal.NothingToDecide());
        posted().when(ADMIN, POSTED).thenRefused(409, new Refusal.NothingToDecide());
        MarketScenario.submitted().when(ADMIN, POSTED).thenRefused(409, new Refusal.NothingToDecide());
    }

    @Test
    void a_moderator_does_not_decide() {
        unknown().when(MODERATOR, POSTED).thenRefused(403, new Refusal.RoleMissing(Action.DECIDE_UNKNOWN_POST));
    }

    @Test
    void a_post_that_somebody_took_away_can_only_be_said_to_count() {
        var scenario = posted().given(SYSTEM, new MarketCommand.ReportLastLook(TARGET, T0, false))
                .when(ADMIN, NOT_POSTED).thenInvalid("posted")
                .given(ADMIN, new MarketCommand.DecideUnknownPost(TARGET, true, null, "it was there for a day"))
                .given(SYSTEM, new MarketCommand.ReleaseEscrow(TARGET));

        assertThat(scenario.states()).isEqualTo("posted released posted");
    }

    @Test
    void whoever_says_that_a_post_counts_says_which_one() {
        var event = posted().given(SYSTEM, new MarketCommand.ReportLastLook(TARGET, T0, false))
                .when(ADMIN, new MarketCommand.DecideUnknownPost(TARGET, true, null, "it is there"))
                .theOnly(TargetEvent.UnknownPostDecided.class);

        assertThat(event.message()).isEqualTo(POST);
    }

    @Test
    void a_post_of_which_a_worker_asks_a_person_is_for_a_person() {
        assertThat(posting().given(SYSTEM, ASKED).when(ADMIN, NOT_POSTED).target().status())
                .isEqualTo(TargetStatus.REFUNDED);

        var scenario = posted().given(SYSTEM, ASKED);
        assertThat(scenario.target().post().missing()).isTrue();
        scenario.when(SYSTEM, ASKED).thenNothing().when(ADMIN, NOT_POSTED).thenInvalid("posted")
                .given(ADMIN, new MarketCommand.DecideUnknownPost(TARGET, true, null, "it is there"))
                .given(SYSTEM, new MarketCommand.ReleaseEscrow(TARGET));
        assertThat(scenario.states()).isEqualTo("posted released posted");
        scenario.when(SYSTEM, ASKED).thenNothing();
    }

    @Test
    void a_person_who_said_too_early_that_there_is_no_post_is_asked_again_and_says_so_once_it_is_deleted() {
        var scenario = unknown().given(ADMIN, NOT_POSTED).when(SYSTEM, ASKED)
                .then(new TargetEvent.SurplusPostSuspected(TARGET, CAMPAIGN, by(SYSTEM, Role.SYSTEM), JOB,
                        "it cannot be read"))
                .when(SYSTEM, ASKED).thenNothing().when(ADMIN, POSTED).thenInvalid("posted").when(ADMIN, NOT_POSTED)
                .then(new TargetEvent.UnknownPostDecided(TARGET, CAMPAIGN, by(ADMIN, Role.ADMIN), JOB, false, null,
                        "no post", false));

        assertThat(scenario.states()).isEqualTo("refunded refunded failed");
        assertThat(scenario.balance(ANNA)).isEqualTo("500.00");
        assertThat(scenario.target().post().suspicion()).isNull();
        scenario.when(ADMIN, NOT_POSTED).thenNothing().given(SYSTEM, ASKED);
        assertThat(scenario.target().post().suspicion()).isEqualTo("it cannot be read");
    }
}
