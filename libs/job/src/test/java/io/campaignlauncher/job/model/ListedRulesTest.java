package io.campaignlauncher.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds of a request that lists its ad sets and ads, and of names and texts that differ from slot to slot. */
class ListedRulesTest {

    private static final ListedAd AD = ad("Shoes");

    private static ListedAd ad(@Nullable String name) {
        return new ListedAd(name, null, Map.of());
    }

    private static ListedAdSet adSet(@Nullable String name, @Nullable Long budget, ListedAd... ads) {
        return new ListedAdSet(name, budget, null, null, null, Map.of(), List.of(ads));
    }

    private static RequestSample sample(ListedAdSet... adSets) {
        var sample = new RequestSample();
        sample.strategy = Strategy.AS_LISTED;
        sample.adSetCount = null;
        sample.variations = RequestSample.listing(List.of(adSets));
        return sample;
    }

    private static List<String> mistakes(RequestSample sample) {
        return RequestRules.violations(sample.build()).stream().map(Violation::described).toList();
    }

    @Test
    void ad_sets_with_names_budgets_and_creatives_of_their_own_break_no_rule() {
        assertThat(RequestRules.violations(RequestSample.listed(200, 5))).isEmpty();
        assertThat(RequestRules.violations(RequestSample.listed(1, 50))).isEmpty();
        assertThat(mistakes(sample(adSet(null, null, ad(null), ad(null)), adSet(null, 500L, ad(null))))).isEmpty();
    }

    @Test
    void what_every_listed_entry_has_of_its_own_need_not_be_there_for_all() {
        var sample = sample(new ListedAdSet("Women", 500L, "IMPRESSIONS", "REACH", "{\"age_min\":20}", Map.of(),
                List.of(new ListedAd("Shoes", "{\"creative_id\":\"1\"}", Map.of()))));
        sample.dailyBudget = null;
        sample.billingEvent = "";
        sample.optimizationGoal = "";
        sample.targeting = "";
        sample.creative = "";
        assertThat(mistakes(sample)).isEmpty();

        sample.variations = RequestSample.listing(List.of(sample.variations.adSets().getFirst(),
                adSet("Men", 500L, ad("Hats"))));
        assertThat(mistakes(sample)).containsExactlyInAnyOrder("adSet.billingEvent is needed",
                "adSet.optimizationGoal is needed", "adSet.targeting is needed", "ad.creative is needed");
    }

    @Test
    void names_are_unique_among_the_ad_sets_and_among_all_ads_of_the_campaign() {
        var twice = sample(adSet("Women", null, AD, ad("Hats")), adSet("Men", null, AD), adSet("Women", null, ad("x")));

        assertThat(mistakes(twice)).containsExactlyInAnyOrder(
                "adSets[2].name is the name of adSets[0] too: each needs its own, or numberRepeatedNames",
                "adSets[1].ads[0].name is the name of adSets[0].ads[0] too: each needs its own, or numberRepeatedNames");
        twice.variations = new Variations(null, null, List.of(), List.of(), twice.variations.adSets(), true);
        assertThat(mistakes(twice)).isEmpty();
    }

    @Test
    void a_name_that_another_gets_by_default_is_taken() {
        assertThat(mistakes(sample(adSet("Summer sale / ad set 2", null, AD), adSet(null, null, ad("x")))))
                .singleElement().asString().startsWith("adSets[1].name is the name of adSets[0] too");
    }

    @Test
    void there_are_1_to_200_ad_sets_1_to_50_ads_in_each_and_1000_in_all() {
        assertThat(mistakes(sample())).contains("adSets must be 1 to 200 ad sets");
        assertThat(mistakes(sample(Collections.nCopies(201, adSet(null, null, ad(null)))
                .toArray(ListedAdSet[]::new)))).contains("adSets must be 1 to 200 ad sets");
        assertThat(mistakes(sample(adSet("Women", null))))
                .contains("adSets[0].ads must be 1 to 50: Facebook's limit for one ad set");
        var fiftyOne = Collections.nCopies(51, ad(null)).toArray(ListedAd[]::new);
        assertThat(mistakes(sample(adSet("Women", null, fiftyOne))))
                .contains("adSets[0].ads must be 1 to 50: Facebook's limit for one ad set");
        var fifty = Collections.nCopies(50, ad(null)).toArray(ListedAd[]::new);
        assertThat(mistakes(sample(Collections.nCopies(21, adSet(null, null, fifty)).toArray(ListedAdSet[]::new))))
                .containsExactly("adSets may have at most 1000 ads in all, and have 1050");
    }

    @Test
    void counts_are_left_out_or_as_many_as_are_listed() {
        var sample = sample(adSet("Women", null, AD, ad("Hats")));
        sample.adSetCount = 1;
        sample.adCount = 2;
        assertThat(mistakes(sample)).isEmpty();

        sample.adSetCount = 2;
        sample.adCount = 1;
        assertThat(mistakes(sample)).containsExactly("adSetCount must be left out, or be as many as are listed: 1",
                "adCount must be left out, or be as many as are listed: 2");
    }

    @Test
    void each_mistake_in_the_list_is_named_by_its_place() {
        var wrong = new ListedAdSet(" ", 0L, "", "REACH", "[]", Map.of("name", "\"x\""),
                List.of(new ListedAd("x".repeat(401), "{}", Map.of("creative", "{}"))));

        assertThat(mistakes(sample(wrong))).containsExactlyInAnyOrder("adSets[0].name is needed",
                "adSets[0].dailyBudget must be at least 1 (minor units of the account's currency)",
                "adSets[0].billingEvent is needed", "adSets[0].targeting must be a JSON object",
                "adSets[0].graphFields.name is set by the launcher",
                "adSets[0].ads[0].name may have at most 400 characters", "adSets[0].ads[0].creative is needed",
                "adSets[0].ads[0].graphFields.creative is given as ad.creative");
    }

    @Test
    void of_very_many_mistakes_the_first_are_told_and_the_rest_is_counted() {
        var wrong = IntStream.range(0, 200).mapToObj(i -> adSet(" ", null, ad(" "))).toArray(ListedAdSet[]::new);

        assertThat(mistakes(sample(wrong))).hasSize(ListedRules.MISTAKES_MAX + 1)
                .last().asString().matches("adSets has \\d+ further mistakes");
    }

    @Test
    void each_ad_set_has_one_budget_or_the_campaign_has() {
        var own = sample(adSet("Women", 500L, AD), adSet("Men", null, ad("Hats")));
        assertThat(mistakes(own)).isEmpty();
        own.dailyBudget = null;
        assertThat(mistakes(own)).containsExactly(
                "adSets[1].dailyBudget is needed, as other ad sets have a budget and not the campaign");

        own.campaignGraphFields = Map.of("daily_budget", "500");
        assertThat(mistakes(own)).containsExactly("adSets[0].dailyBudget is one budget of several: a launch has one,"
                + " of the campaign or of its ad sets");
        var two = sample(new ListedAdSet("Women", 500L, null, null, null, Map.of("lifetime_budget", "900"),
                List.of(AD)));
        assertThat(mistakes(two)).singleElement().asString()
                .startsWith("adSets[0].dailyBudget is one budget of several");
        two.variations = RequestSample.listing(List.of(new ListedAdSet("Women", null, null, null, null,
                Map.of("lifetime_budget", "900"), List.of(AD))));
        assertThat(mistakes(two)).as("its own is instead of every ad set's").isEmpty();
    }

    @Test
    void ad_sets_are_listed_with_the_strategy_for_that_alone() {
        var sample = sample(adSet("Women", null, AD));
        sample.strategy = Strategy.ONE_FIFTY_ONE;

        assertThat(mistakes(sample)).containsExactly("adSets may be listed with the strategy AS_LISTED alone");
    }

    @Test
    void a_template_for_several_names_holds_the_number() {
        var sample = new RequestSample();
        sample.variations = new Variations("US", "Ad {n}", List.of(), List.of(), List.of(), false);

        assertThat(mistakes(sample))
                .containsExactly("adSet.name must hold {n} for the number: no two may have one name");
        sample.adSetCount = 1;
        assertThat(mistakes(sample)).isEmpty();
    }

    @Test
    void texts_and_links_have_their_place_in_the_creative() {
        var sample = new RequestSample();
        sample.variations = new Variations(null, null, List.of("Buy\nnow"), List.of("https://x.example"), List.of(),
                false);
        assertThat(mistakes(sample)).containsExactly("ad.creative must hold {text}, as ad.texts are given",
                "ad.creative must hold {link}, as ad.links are given");

        sample.creative = "{\"link\":\"{link}\",\"message\":\"{text}\"}";
        assertThat(mistakes(sample)).isEmpty();

        sample.variations = new Variations(null, null, List.of("", "a{result=x}"), List.of("\u0007"), List.of(), false);
        assertThat(mistakes(sample)).containsExactly("ad.texts[0] is needed",
                "ad.texts[1] may hold no {result=…}: within a batch Facebook reads it as a reference",
                "ad.links[0] may hold no control characters");

        var listed = sample(adSet("Women", null, AD));
        listed.variations = new Variations(null, null, List.of("Buy"), List.of(), listed.variations.adSets(), false);
        listed.creative = sample.creative;
        assertThat(mistakes(listed))
                .containsExactly("ad may have no texts and links to take in turn where each ad is listed");
    }
}
