package io.campaignlauncher.creation.graph;

import static io.campaignlauncher.creation.Commands.ad;
import static io.campaignlauncher.creation.Commands.adSet;
import static io.campaignlauncher.creation.Commands.launch;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CampaignSpec;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.PlannedEntity;
import io.campaignlauncher.worker.creation.GraphFields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphFieldsTest {

    @Test
    void a_campaign_is_paused_labelled_and_says_that_its_ad_sets_share_no_budget() {
        assertThat(campaign(Map.of())).isEqualTo(GraphOperation.post("act_1001/campaigns", Map.of(
                "name", "Summer",
                "objective", "OUTCOME_SALES",
                "special_ad_categories", "[\"HOUSING\"]",
                "is_adset_budget_sharing_enabled", "false",
                "status", "PAUSED",
                "adlabels", "[{\"name\":\"job-label\"}]")));
    }

    @Test
    void a_campaign_with_a_budget_of_its_own_says_nothing_about_sharing() {
        assertThat(campaign(Map.of("daily_budget", "5000")).parameters())
                .doesNotContainKey("is_adset_budget_sharing_enabled").containsEntry("daily_budget", "5000");
    }

    @Test
    void the_callers_fields_win_but_never_over_name_and_label() {
        var fields = campaign(Map.of("status", "\"ACTIVE\"", "name", "\"Mine\"", "adlabels", "[{\"name\":\"theirs\"}]",
                "promoted_object", "{\"page_id\":\"1\"}")).parameters();

        assertThat(fields).containsEntry("status", "ACTIVE").containsEntry("name", "Summer")
                .containsEntry("adlabels", "[{\"name\":\"theirs\"},{\"name\":\"job-label\"}]")
                .containsEntry("promoted_object", "{\"page_id\":\"1\"}");
    }

    @Test
    void a_field_that_is_no_json_is_sent_as_it_is() {
        assertThat(campaign(Map.of("bid_strategy", "COST_CAP", "adlabels", "oops")).parameters())
                .containsEntry("bid_strategy", "COST_CAP").containsEntry("adlabels", "[{\"name\":\"job-label\"}]");
    }

    @Test
    void an_ad_set_that_optimises_for_conversions_names_the_pixel() {
        var fields = adSetFields("OFFSITE_CONVERSIONS", Map.of()).parameters();

        assertThat(fields).hasSize(8).containsEntry("campaign_id", "4711").containsEntry("daily_budget", "2000")
                .containsEntry("status", "PAUSED").containsEntry("targeting", "{}");
        assertThat(fields.get("promoted_object")).contains("\"pixel_id\":\"2000000001\"",
                "\"custom_event_type\":\"PURCHASE\"");
    }

    @ParameterizedTest
    @CsvSource({ "OUTCOME_SALES, PURCHASE", "OUTCOME_LEADS, LEAD", "OUTCOME_ENGAGEMENT, CONTENT_VIEW",
        "OUTCOME_TRAFFIC, CONTENT_VIEW", "OUTCOME_AWARENESS, CONTENT_VIEW", "OUTCOME_APP_PROMOTION, CONTENT_VIEW" })
    void the_event_that_an_ad_set_optimises_for_fits_the_objective(String objective, String event) {
        for (var goal : List.of("OFFSITE_CONVERSIONS", "VALUE")) {
            var command = launch("j", 1, 0).setPixelId("2000000001")
                    .setCampaignSpec(new CampaignSpec("ignored", objective, List.of(), Map.of()))
                    .setAdSetSpec(new AdSetSpec(2000L, "IMPRESSIONS", goal, "{}", Map.of())).build();

            assertThat(new GraphFields(command).adSet(adSet(1, null), "4711").parameters().get("promoted_object"))
                    .contains("\"custom_event_type\":\"" + event + "\"");
        }
    }

    @Test
    void a_field_that_is_null_counts_as_left_out() {
        assertThat(campaign(Map.of("daily_budget", "null", "lifetime_budget", "null")).parameters())
                .doesNotContainKeys("daily_budget", "lifetime_budget")
                .containsEntry("is_adset_budget_sharing_enabled", "false");
        assertThat(adSetFields("OFFSITE_CONVERSIONS", Map.of("promoted_object", "null", "bid_amount", "null"))
                .parameters()).doesNotContainKey("bid_amount")
                .hasEntrySatisfying("promoted_object", derived -> assertThat(derived).contains("PURCHASE"));
    }

    @Test
    void an_ad_set_with_another_goal_or_an_object_of_its_own_keeps_it() {
        assertThat(adSetFields("LINK_CLICKS", Map.of()).parameters()).doesNotContainKey("promoted_object");
        assertThat(adSetFields("VALUE", Map.of("promoted_object", "{\"page_id\":\"1\"}")).parameters())
                .containsEntry("promoted_object", "{\"page_id\":\"1\"}");
    }

    @Test
    void an_ad_belongs_to_the_ad_set_it_is_told_whatever_the_callers_fields_say() {
        var command = launch("j", 1, 1).setAdSpec(new AdSpec("{\"creative_id\":\"1\"}", Map.of("adset_id", "\"666\"")))
                .build();

        assertThat(new GraphFields(command).ad(ad(1, 1), GraphOperation.idOf("adset")).parameters()).isEqualTo(Map.of(
                "name", "Summer / ad 1",
                "adset_id", "{result=adset:$.id}",
                "creative", "{\"creative_id\":\"1\"}",
                "status", "PAUSED"));
    }

    @Test
    void a_slot_is_made_of_the_spec_that_its_number_stands_for() {
        var command = launch("j", 1, 1)
                .setAdSetSpecs(List.of(new AdSetSpec(500L, "CLICKS", "REACH", "{}", Map.of("bid_amount", "7"))))
                .setAdSpecs(List.of(new AdSpec("{\"creative_id\":\"2\"}", Map.of())))
                .setAdSets(List.of(new PlannedEntity(1, 0, "Women", null, 1)))
                .setAds(List.of(new PlannedEntity(1, 1, "Shoes", null, 1))).build();
        var fields = new GraphFields(command);

        assertThat(fields.adSet(command.getAdSets().getFirst(), "4711").parameters())
                .containsEntry("daily_budget", "500").containsEntry("billing_event", "CLICKS")
                .containsEntry("bid_amount", "7").containsEntry("name", "Women");
        assertThat(fields.ad(command.getAds().getFirst(), "13").parameters())
                .containsEntry("creative", "{\"creative_id\":\"2\"}").containsEntry("name", "Shoes");
    }

    @Test
    void nothing_is_sent_where_a_spec_of_any_slot_would_make_another_call_of_it() {
        var command = launch("j", 1, 1).setAdSpecs(List.of(new AdSpec("{}", Map.of("batch", "[]")))).build();

        assertThat(new GraphFields(command).refusal().orElseThrow()).startsWith("nothing was sent");
    }

    private static GraphOperation campaign(Map<String, String> graphFields) {
        return new GraphFields(launch("j", 0, 0)
                .setCampaignSpec(new CampaignSpec("ignored", "OUTCOME_SALES", List.of("HOUSING"), graphFields)).build())
                .campaign();
    }

    private static GraphOperation adSetFields(String goal, Map<String, String> graphFields) {
        CreateEntities command = launch("j", 1, 0).setPixelId("2000000001")
                .setAdSetSpec(new AdSetSpec(2000L, "IMPRESSIONS", goal, "{}", graphFields)).build();
        return new GraphFields(command).adSet(adSet(1, null), "4711");
    }
}
