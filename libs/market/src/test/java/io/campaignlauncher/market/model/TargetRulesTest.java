package io.campaignlauncher.market.model;

import static io.campaignlauncher.market.model.MarketScenario.ANNA;
import static io.campaignlauncher.market.model.MarketScenario.BERT;
import static io.campaignlauncher.market.model.MarketScenario.CAMPAIGN;
import static io.campaignlauncher.market.model.MarketScenario.CHANNEL;
import static io.campaignlauncher.market.model.MarketScenario.CHAT;
import static io.campaignlauncher.market.model.MarketScenario.LAUNCH;
import static io.campaignlauncher.market.model.MarketScenario.MODERATOR;
import static io.campaignlauncher.market.model.MarketScenario.PAULA;
import static io.campaignlauncher.market.model.MarketScenario.PLACE;
import static io.campaignlauncher.market.model.MarketScenario.POLICY;
import static io.campaignlauncher.market.model.MarketScenario.T0;
import static io.campaignlauncher.market.model.MarketScenario.TARGET;
import static io.campaignlauncher.market.model.MarketScenario.active;
import static io.campaignlauncher.market.model.MarketScenario.approved;
import static io.campaignlauncher.market.model.MarketScenario.by;
import static io.campaignlauncher.market.model.MarketScenario.drafted;
import static io.campaignlauncher.market.model.MarketScenario.id;
import static io.campaignlauncher.market.model.MarketScenario.rejected;
import static io.campaignlauncher.market.model.MarketScenario.submitted;
import static io.campaignlauncher.market.model.MarketScenario.withDraft;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a target is written, changed and handed to the moderators. */
class TargetRulesTest {

    private static final Cause BY_ANNA = by(ANNA, Role.ADVERTISER);
    private static final Place.TelegramPost OTHER = new Place.TelegramPost(CHANNEL, "Buy later", null, null, null);
    private static final MarketCommand SUBMIT = new MarketCommand.SubmitTarget(CAMPAIGN, TARGET);

    @Test
    void a_target_costs_what_its_channel_costs_then() {
        var scenario = active().when(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET, PLACE))
                .then(new TargetEvent.TargetDrafted(TARGET, CAMPAIGN, BY_ANNA, PLACE, Money.of("10.00"), "paula",
                        ContentHash.of(PLACE)))
                .given(PAULA, new MarketCommand.OfferChannel("@paula", "11.00", CHAT, "Paula's", List.of()));

        assertThat(scenario.target().amount()).isEqualTo(Money.of("10.00"));
        scenario.when(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET, PLACE)).thenNothing();
    }

    @Test
    void a_launch_on_facebook_costs_what_the_policy_says_and_pays_no_publisher() {
        active().when(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET, LAUNCH))
                .then(new TargetEvent.TargetDrafted(TARGET, CAMPAIGN, BY_ANNA, LAUNCH, POLICY.launchPrice(), null,
                        ContentHash.of(LAUNCH)));
    }

    @Test
    void the_same_id_with_other_content_is_another_target() {
        withDraft().when(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET, OTHER))
                .thenRefused(409, new Refusal.DifferentRequest());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = { "' ',-,-,text", "a,ftp://example.com,-,link", "a,-,nowhere,photo",
        "a,https://user@example.com,-,link", "'a\u0007',-,-,text" })
    void names_the_field_that_is_wrong(String text, String link, String photo, String field) {
        active().when(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET,
                new Place.TelegramPost(CHANNEL, text, link, photo, null))).thenInvalid(field);
    }

    @Test
    void a_text_is_as_long_as_telegram_takes_it() {
        active().when(ANNA, draft("x".repeat(4_097), null)).thenInvalid("text")
                .when(ANNA, draft("x".repeat(1_025), "https://example.com/p.jpg")).thenInvalid("text")
                .when(ANNA, draft("a\n\tb " + "x".repeat(4_000), null)).theOnly(TargetEvent.TargetDrafted.class);
    }

    private static MarketCommand draft(String text, String photo) {
        return new MarketCommand.DraftTarget(CAMPAIGN, TARGET,
                new Place.TelegramPost(CHANNEL, text, null, photo, null));
    }

    @Test
    void names_the_field_of_a_launch_that_is_wrong() {
        active().when(ANNA,
                new MarketCommand.DraftTarget(CAMPAIGN, TARGET, new Place.FacebookLaunch("1001", "{}", null)))
                .thenInvalid("adAccountId")
                .when(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET,
                        new Place.FacebookLaunch("act_1", "", null)))
                .thenInvalid("launch");
    }

    @Test
    void a_post_is_planned_a_year_ahead_at_most() {
        active().when(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET,
                new Place.TelegramPost(CHANNEL, "x", null, null, T0.plus(Duration.ofDays(400))))).thenInvalid("postAt");
    }

    @Test
    void a_channel_that_is_not_there_is_none() {
        active().when(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET,
                new Place.TelegramPost(id("nothing"), "x", null, null, null)))
                .thenRefused(404, new Refusal.NoSuch(Refusal.Subject.CHANNEL));
    }

    @Test
    void an_ended_campaign_takes_no_target() {
        active().given(ANNA, new MarketCommand.CancelCampaign(CAMPAIGN))
                .when(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET, PLACE))
                .thenRefused(409, new Refusal.WrongState(Refusal.Subject.CAMPAIGN, "cancelled"));
    }

    @Test
    void a_campaign_has_a_thousand_targets_at_most() {
        var scenario = active();
        for (int i = 0; i < MarketPolicy.TARGETS_MAX; i++) {
            scenario.given(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, id("t" + i), PLACE));
        }
        scenario.when(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET, PLACE))
                .thenRefused(409, new Refusal.TooManyTargets(1_000));
    }

    @Test
    void submits_only_where_the_campaign_is_active() {
        drafted().given(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET, PLACE)).when(ANNA, SUBMIT)
                .thenRefused(409, new Refusal.CampaignNotActive(CampaignStatus.DRAFT))
                .given(ANNA, new MarketCommand.ActivateCampaign(CAMPAIGN))
                .given(ANNA, new MarketCommand.PauseCampaign(CAMPAIGN)).when(ANNA, SUBMIT)
                .thenRefused(409, new Refusal.CampaignNotActive(CampaignStatus.PAUSED))
                .given(ANNA, new MarketCommand.ResumeCampaign(CAMPAIGN)).when(ANNA, SUBMIT)
                .then(new TargetEvent.TargetSubmitted(TARGET, CAMPAIGN, BY_ANNA, 1, ContentHash.of(PLACE),
                        T0.plus(POLICY.reviewTime())))
                .when(ANNA, SUBMIT).thenNothing();
    }

    @Test
    void an_edit_of_a_submitted_target_is_a_new_version_in_the_queue() {
        submitted().later(Duration.ofHours(1)).when(ANNA, edit(OTHER))
                .then(new TargetEvent.TargetEdited(TARGET, CAMPAIGN, BY_ANNA, 2, OTHER, Money.of("10.00"), "paula",
                        ContentHash.of(OTHER), T0.plus(Duration.ofHours(1)).plus(POLICY.reviewTime())))
                .when(ANNA, edit(OTHER)).thenNothing()
                .when(MODERATOR, new MarketCommand.ApproveTarget(TARGET, 1))
                .thenRefused(409, new Refusal.VersionChanged(2));
    }

    @Test
    void an_approved_target_is_not_edited() {
        approved().when(ANNA, edit(OTHER)).thenRefused(409,
                new Refusal.WrongState(Refusal.Subject.TARGET, "approved"));
    }

    @Test
    void a_submitted_target_of_a_paused_campaign_is_not_edited() {
        submitted().given(ANNA, new MarketCommand.PauseCampaign(CAMPAIGN)).when(ANNA, edit(OTHER))
                .thenRefused(409, new Refusal.CampaignNotActive(CampaignStatus.PAUSED));
    }

    @Test
    void a_rejected_target_comes_back_as_a_new_version_even_where_nothing_has_changed() {
        assertThat(rejected().when(ANNA, SUBMIT).theOnly(TargetEvent.TargetSubmitted.class).version()).isEqualTo(2);
        assertThat(rejected().given(ANNA, edit(OTHER)).when(ANNA, SUBMIT).theOnly(TargetEvent.TargetSubmitted.class))
                .satisfies(e -> assertThat(e.version()).isEqualTo(2))
                .satisfies(e -> assertThat(e.contentHash()).isEqualTo(ContentHash.of(OTHER)));
    }

    @Test
    void a_target_is_reached_through_its_own_campaign_only() {
        var mine = id("mine");
        var scenario = withDraft().given(BERT, new MarketCommand.DraftCampaign(mine, "Bert's", "5"));
        for (var command : List.of(new MarketCommand.SubmitTarget(mine, TARGET),
                new MarketCommand.EditTarget(mine, TARGET, OTHER))) {
            scenario.when(BERT, command).thenRefused(404, new Refusal.NoSuch(Refusal.Subject.TARGET));
        }
        scenario.when(BERT, SUBMIT).thenRefused(400, new Refusal.NotOwner(Refusal.Subject.CAMPAIGN));
    }

    @Test
    void contents_that_differ_in_any_part_have_different_hashes() {
        var places = List.of(PLACE, OTHER, LAUNCH,
                new Place.TelegramPost(id("c"), "Buy now", "https://example.com", null, null),
                new Place.TelegramPost(CHANNEL, "Buy now", null, "https://example.com", null),
                new Place.TelegramPost(CHANNEL, "Buy now", null, null, null),
                new Place.TelegramPost(CHANNEL, "Buy now", null, null, T0),
                new Place.FacebookLaunch("act_1001", "{\"adSetCount\":2}", null));

        assertThat(places.stream().map(ContentHash::of)).doesNotHaveDuplicates()
                .allMatch(h -> h.matches("[0-9a-f]{64}"));
    }

    private static MarketCommand edit(Place place) {
        return new MarketCommand.EditTarget(CAMPAIGN, TARGET, place);
    }
}
