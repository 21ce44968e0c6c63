package io.campaignlauncher.market.model;

import static io.campaignlauncher.market.model.MarketScenario.ANNA;
import static io.campaignlauncher.market.model.MarketScenario.CAMPAIGN;
import static io.campaignlauncher.market.model.MarketScenario.MODERATOR;
import static io.campaignlauncher.market.model.MarketScenario.POLICY;
import static io.campaignlauncher.market.model.MarketScenario.SYSTEM;
import static io.campaignlauncher.market.model.MarketScenario.TARGET;
import static io.campaignlauncher.market.model.MarketScenario.approved;
import static io.campaignlauncher.market.model.MarketScenario.by;
import static io.campaignlauncher.market.model.MarketScenario.bySystem;
import static io.campaignlauncher.market.model.MarketScenario.rejected;
import static io.campaignlauncher.market.model.MarketScenario.submitted;
import static io.campaignlauncher.market.model.MarketScenario.withDraft;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a target is sent back. */
class RejectionRulesTest {

    private static final MarketCommand REJECT = new MarketCommand.RejectTarget(TARGET, 1, "too loud");
    private static final MarketCommand EXPIRE = new MarketCommand.ExpireReview(TARGET);

    @Test
    void a_rejection_has_a_reason_and_a_version() {
        submitted().when(MODERATOR, REJECT)
                .then(new TargetEvent.TargetRejected(TARGET, CAMPAIGN, by(MODERATOR, Role.MODERATOR), 1, "too loud"))
                .when(MODERATOR, REJECT).thenNothing();
        submitted().when(MODERATOR, new MarketCommand.RejectTarget(TARGET, 1, " ")).thenInvalid("reason")
                .when(MODERATOR, new MarketCommand.RejectTarget(TARGET, 7, "x"))
                .thenRefused(409, new Refusal.VersionChanged(1));
    }

    @Test
    void what_is_approved_is_not_rejected_any_more() {
        approved().when(MODERATOR, REJECT)
                .thenRefused(409, new Refusal.WrongState(Refusal.Subject.TARGET, "approved"));
        withDraft().when(MODERATOR, REJECT).thenRefused(409, new Refusal.WrongState(Refusal.Subject.TARGET, "draft"));
    }

    @Test
    void a_rejection_of_an_older_version_does_not_meet_the_new_one() {
        rejected().given(ANNA, new MarketCommand.SubmitTarget(CAMPAIGN, TARGET)).when(MODERATOR, REJECT)
                .thenRefused(409, new Refusal.VersionChanged(2));
    }

    @Test
    void a_review_that_nobody_ended_ends_at_its_deadline() {
        submitted().later(POLICY.reviewTime().minus(Duration.ofMillis(1))).when(SYSTEM, EXPIRE).thenNothing()
                .later(Duration.ofMillis(1)).when(SYSTEM, EXPIRE)
                .then(new TargetEvent.TargetRejected(TARGET, CAMPAIGN, bySystem(), 1, RejectionRules.REVIEW_OVER))
                .when(SYSTEM, EXPIRE).thenNothing();
    }

    @Test
    void a_timer_of_a_review_that_has_ended_does_nothing() {
        approved().later(POLICY.reviewTime()).when(SYSTEM, EXPIRE).thenNothing();
        withDraft().later(POLICY.reviewTime()).when(SYSTEM, EXPIRE).thenNothing();
    }

    @Test
    void a_person_is_no_timer() {
        submitted().when(MODERATOR, EXPIRE).thenRefused(403, new Refusal.RoleMissing(Action.EXPIRE_REVIEW));
    }
}
