package io.campaignlauncher.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class NewLaunchTest {

    private static final LaunchForm FORM = new LaunchForm(Map.of("key", "k", "name", "Spring"), Set.of());

    private static NewLaunch refused(int status, String hash, Problem.Mistake... mistakes) {
        return NewLaunch.refused(FORM, Choices.NONE, new Problem(status, "No", "", List.of(mistakes), ""), hash,
                "other");
    }

    @ParameterizedTest
    @CsvSource({ "campaign.name, name", "adSetCount, count", "adCount, count", "adSets[3].ads[0].creative, adSets",
        "adSet.targeting.geo_locations, countries", "adSet.graphFields.bid_amount, more",
        "adSet.graphFields.dsa_payor, payer", "ad.creative, link",
        "ad.creative.object_story_spec.link_data.image, image", "mediaUpload, image", "nothing.of.it, ''" })
    void leads_from_what_a_service_says_to_the_field(String part, String field) {
        assertThat(FormField.blocker(FORM, new Problem.Mistake(part, "is wrong")).field()).isEqualTo(field);
    }

    @Test
    void leads_to_json_where_that_is_what_was_filled_in() {
        assertThat(FormField.blocker(FORM.with("creative", "{}"), new Problem.Mistake("ad.creative", "x")).field())
                .isEqualTo("creative");
        assertThat(FormField.blocker(FORM.with("targeting", "{}"), new Problem.Mistake("adSet.targeting", "x")).field())
                .isEqualTo("targeting");
    }

    @Test
    void says_what_changed_since_the_preview_and_offers_no_launch() {
        var page = refused(409, "hash", new Problem.Mistake("price", "is not what the preview showed"),
                new Problem.Mistake("checks", "is not what the preview showed"));

        assertThat(page.hash()).isEmpty();
        assertThat(page.problem()).extracting(Problem::detail).asString()
                .startsWith("The price; What a check of the ad account says.");
        assertThat(page.form().text("key")).isEqualTo("k");
    }

    @Test
    void gives_a_form_another_key_where_its_own_is_used_for_something_else() {
        assertThat(refused(409, "hash").form().text("key")).isEqualTo("other");
        assertThat(refused(409, "hash").hash()).isEmpty();
    }

    @Test
    void keeps_the_same_launch_ready_where_no_answer_came() {
        assertThat(refused(503, "hash").hash()).isEqualTo("hash");
        assertThat(refused(503, "hash").form().text("key")).isEqualTo("k");
        assertThat(refused(400, "hash", new Problem.Mistake("campaign.name", "x")).hash()).isEmpty();
    }

    @Test
    void knows_a_price_only_where_the_account_was_read() {
        var preview = LaunchPreview.of(JsonMapper.shared().readTree("""
                {"outcome":"INCONCLUSIVE","hash":null,"names":{"campaign":"Spring","adSets":[]},"calls":{"total":3},
                 "price":{"currency":null,"decimals":null,"adSets":[],"total":{"daily":{"minorUnits":5,"amount":null}}},
                 "checks":[{"name":"account_active","outcome":"NOT_REACHED","detail":""}]}"""), "act_1");

        assertThat(preview.launchable()).isFalse();
        assertThat(preview.money().isKnown()).isFalse();
        assertThat(preview.price()).extracting(LaunchPreview.Price::daily).isEqualTo("");
        assertThat(preview.checks()).extracting(LaunchPreview.Check::word).containsExactly("not known");
    }

    @ParameterizedTest
    @CsvSource({ "1000.00, '1,000.00'", "999, 999", "1234567, '1,234,567'", "0.50, 0.50" })
    void groups_the_digits_of_amounts(String amount, String grouped) {
        assertThat(LaunchPreview.grouped(amount)).isEqualTo(grouped);
    }
}
