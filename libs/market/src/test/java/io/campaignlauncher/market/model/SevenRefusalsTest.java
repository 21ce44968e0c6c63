package io.campaignlauncher.market.model;

import static io.campaignlauncher.market.model.MarketScenario.ADMIN;
import static io.campaignlauncher.market.model.MarketScenario.ANNA;
import static io.campaignlauncher.market.model.MarketScenario.BERT;
import static io.campaignlauncher.market.model.MarketScenario.CAMPAIGN;
import static io.campaignlauncher.market.model.MarketScenario.MODERATOR;
import static io.campaignlauncher.market.model.MarketScenario.PLACE;
import static io.campaignlauncher.market.model.MarketScenario.TARGET;
import static io.campaignlauncher.market.model.MarketScenario.drafted;
import static io.campaignlauncher.market.model.MarketScenario.id;
import static io.campaignlauncher.market.model.MarketScenario.submitted;
import static io.campaignlauncher.market.model.MarketScenario.withDraft;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The refusals that programs outside rely on, with their status and their words. */
class SevenRefusalsTest {

    @Test
    void not_the_owner() {
        refused(drafted(), BERT, new MarketCommand.ActivateCampaign(CAMPAIGN), 400, "Not campaign owner");
    }

    @Test
    void the_wrong_role() {
        refused(submitted(), ANNA, new MarketCommand.ApproveTarget(TARGET, 1), 403,
                "Your roles may not do this: approve_target");
    }

    @Test
    void submitted_in_a_draft() {
        refused(drafted().given(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET, PLACE)), ANNA,
                new MarketCommand.SubmitTarget(CAMPAIGN, TARGET), 409, "The campaign is not active but draft");
    }

    @Test
    void approved_without_being_submitted() {
        refused(withDraft(), MODERATOR, new MarketCommand.ApproveTarget(TARGET, 1), 409, "The target is draft");
    }

    @Test
    void not_enough_balance() {
        var campaign = id("bert's");
        refused(drafted().given(BERT, new MarketCommand.DraftCampaign(campaign, "B", "100"))
                .given(BERT, new MarketCommand.ActivateCampaign(campaign))
                .given(BERT, new MarketCommand.DraftTarget(campaign, TARGET, PLACE))
                .given(BERT, new MarketCommand.SubmitTarget(campaign, TARGET)), ADMIN,
                new MarketCommand.ApproveTarget(TARGET, 1), 409, "The wallet has not enough balance");
    }

    @Test
    void a_kill_switch_that_is_off() {
        refused(submitted().with(MarketSwitch.NEW_ESCROWS, false), MODERATOR,
                new MarketCommand.ApproveTarget(TARGET, 1),
                409, "The kill switch new_escrows is off");
    }

    @Test
    void an_unknown_campaign() {
        refused(drafted(), ANNA, new MarketCommand.ActivateCampaign(id("none")), 404, "There is no such campaign");
    }

    private static void refused(MarketScenario scenario, Actor actor, MarketCommand command, int status, String words) {
        int before = scenario.market().log().size();
        var decision = scenario.market().tell(actor, command);

        assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(Answers.status(refused.refusal())).isEqualTo(status);
            assertThat(Answers.sentence(refused.refusal())).isEqualTo(words);
        });
        assertThat(scenario.market().log()).hasSize(before);
    }
}
