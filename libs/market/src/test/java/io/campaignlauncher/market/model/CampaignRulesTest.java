package io.campaignlauncher.market.model;

import static io.campaignlauncher.market.model.MarketScenario.ADMIN;
import static io.campaignlauncher.market.model.MarketScenario.ANNA;
import static io.campaignlauncher.market.model.MarketScenario.BERT;
import static io.campaignlauncher.market.model.MarketScenario.CAMPAIGN;
import static io.campaignlauncher.market.model.MarketScenario.MODERATOR;
import static io.campaignlauncher.market.model.MarketScenario.active;
import static io.campaignlauncher.market.model.MarketScenario.by;
import static io.campaignlauncher.market.model.MarketScenario.drafted;
import static io.campaignlauncher.market.model.MarketScenario.id;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a campaign begins, and how it is switched on and off. */
class CampaignRulesTest {

    private static final MarketCommand ACTIVATE = new MarketCommand.ActivateCampaign(CAMPAIGN);
    private static final MarketCommand PAUSE = new MarketCommand.PauseCampaign(CAMPAIGN);
    private static final MarketCommand RESUME = new MarketCommand.ResumeCampaign(CAMPAIGN);

    @Test
    void drafts_a_campaign_that_belongs_to_whoever_asks() {
        var other = id("other");
        drafted().when(BERT, new MarketCommand.DraftCampaign(other, "Autumn", "7.5"))
                .then(new CampaignEvent.CampaignDrafted(other, by(BERT, Role.ADVERTISER), "Autumn", Money.of("7.50")));
    }

    @Test
    void takes_the_same_draft_again_as_known() {
        drafted().when(ANNA, new MarketCommand.DraftCampaign(CAMPAIGN, "Spring", "100")).thenNothing();
    }

    @Test
    void refuses_an_id_that_stands_for_another_campaign() {
        drafted().when(ANNA, new MarketCommand.DraftCampaign(CAMPAIGN, "Spring", "100.01"))
                .thenRefused(409, new Refusal.DifferentRequest())
                .when(BERT, new MarketCommand.DraftCampaign(CAMPAIGN, "Spring", "100.00"))
                .thenRefused(409, new Refusal.DifferentRequest());
    }

    @ParameterizedTest
    @CsvSource({ "'',100.00,name", "'a\u0000b',100.00,name", "Spring,100.001,totalBudget", "Spring,0,totalBudget",
        "Spring,-1.00,totalBudget", "Spring,1e2,totalBudget", "Spring,'',totalBudget",
        "Spring,1000000000000,totalBudget" })
    void names_the_field_that_is_wrong(String name, String budget, String field) {
        drafted().when(ANNA, new MarketCommand.DraftCampaign(id("new"), name, budget)).thenInvalid(field);
    }

    @Test
    void the_owner_activates_pauses_and_resumes() {
        var anna = by(ANNA, Role.ADVERTISER);
        drafted().when(ANNA, ACTIVATE).then(new CampaignEvent.CampaignActivated(CAMPAIGN, anna))
                .when(ANNA, PAUSE).then(new CampaignEvent.CampaignPaused(CAMPAIGN, anna))
                .when(ANNA, RESUME).then(new CampaignEvent.CampaignResumed(CAMPAIGN, anna));
    }

    @Test
    void an_admin_activates_a_campaign_of_somebody_else() {
        drafted().when(ADMIN, ACTIVATE).then(new CampaignEvent.CampaignActivated(CAMPAIGN, by(ADMIN, Role.ADMIN)));
    }

    @Test
    void what_is_so_already_is_accepted_and_adds_nothing() {
        active().when(ANNA, ACTIVATE).thenNothing()
                .given(ANNA, PAUSE).when(ANNA, PAUSE).thenNothing()
                .given(ANNA, RESUME).when(ANNA, RESUME).thenNothing();
    }

    @Test
    void a_draft_is_not_paused_and_a_paused_campaign_not_activated_but_resumed() {
        drafted().when(ANNA, PAUSE).thenRefused(409, wrong("draft")).when(ANNA, RESUME).thenRefused(wrong("draft"));
        active().given(ANNA, PAUSE).when(ANNA, ACTIVATE).thenRefused(wrong("paused"));
    }

    @Test
    void a_cancelled_campaign_stays_cancelled() {
        var scenario = active().given(ANNA, new MarketCommand.CancelCampaign(CAMPAIGN));
        scenario.when(ANNA, ACTIVATE).thenRefused(wrong("cancelled"))
                .when(ANNA, PAUSE).thenRefused(wrong("cancelled"))
                .when(ANNA, RESUME).thenRefused(wrong("cancelled"))
                .when(ANNA, new MarketCommand.CompleteCampaign(CAMPAIGN)).thenRefused(wrong("cancelled"));
    }

    @Test
    void a_foreign_campaign_is_not_the_callers_to_activate() {
        drafted().when(BERT, ACTIVATE).thenRefused(400, new Refusal.NotOwner(Refusal.Subject.CAMPAIGN))
                .when(MODERATOR, ACTIVATE).thenRefused(403, new Refusal.RoleMissing(Action.ACTIVATE_CAMPAIGN))
                .when(ANNA, new MarketCommand.ActivateCampaign(id("nothing")))
                .thenRefused(404, new Refusal.NoSuch(Refusal.Subject.CAMPAIGN));
    }

    @Test
    void a_campaign_of_another_tenant_is_not_there() {
        drafted().when(new Actor("elsewhere", "anna", Set.of(Role.ADMIN, Role.ADVERTISER)), ACTIVATE)
                .thenRefused(404, new Refusal.NoSuch(Refusal.Subject.CAMPAIGN));
    }

    private static Refusal wrong(String state) {
        return new Refusal.WrongState(Refusal.Subject.CAMPAIGN, state);
    }
}
