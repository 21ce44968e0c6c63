package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.Samples.ad;
import static io.campaignlauncher.job.model.Samples.adSet;
import static io.campaignlauncher.job.model.Samples.campaign;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which slots a job has, in which order, and what the entities in them are called. */
class LaunchPlanTest {

    private static LaunchPlan plan(Strategy strategy, Integer adSets, Integer ads) {
        var request = new RequestSample();
        request.strategy = strategy;
        request.adSetCount = adSets;
        request.adCount = ads;
        return LaunchPlan.of(request.build());
    }

    private static LaunchPlan named(String campaign, int adSets) {
        var request = new RequestSample();
        request.name = campaign;
        request.adSetCount = adSets;
        return LaunchPlan.of(request.build());
    }

    @Test
    void as_listed_has_the_ad_sets_and_ads_that_are_listed_in_their_order() {
        var request = new RequestSample();
        request.strategy = Strategy.AS_LISTED;
        request.adSetCount = null;
        request.variations = RequestSample.listing(List.of(
                new ListedAdSet("Women", null, null, null, null, Map.of(),
                        List.of(new ListedAd("Shoes", null, Map.of()), new ListedAd(null, null, Map.of()))),
                new ListedAdSet(null, null, null, null, null, Map.of(),
                        List.of(new ListedAd("Hats", null, Map.of())))));

        assertThat(LaunchPlan.of(request.build()).slots()).containsExactly(
                new PlannedSlot(campaign(), 0, "Summer sale"),
                new PlannedSlot(adSet(1), 0, "Women"),
                new PlannedSlot(adSet(2), 0, "Summer sale / ad set 2"),
                new PlannedSlot(ad(1), 1, "Shoes"),
                new PlannedSlot(ad(2), 1, "Summer sale / ad 2"),
                new PlannedSlot(ad(3), 2, "Hats"));
    }

    @Test
    void a_template_gives_each_slot_a_name_with_its_number() {
        var request = new RequestSample();
        request.variations = new Variations("US {n}", "{n}. shoe, of {n}", List.of(), List.of(), List.of(), false);

        assertThat(LaunchPlan.of(request.build()).slots()).extracting(PlannedSlot::name).containsExactly("Summer sale",
                "US 1", "US 2", "1. shoe, of 1", "2. shoe, of 2");
    }

    @Test
    void a_repeated_name_gets_a_number_that_nobody_else_has_where_the_request_says_so() {
        var request = new RequestSample();
        request.strategy = Strategy.AS_LISTED;
        request.variations = new Variations(null, null, List.of(), List.of(),
                List.of(new ListedAdSet("All", null, null, null, null, Map.of(),
                        Stream.of("Shoes", "Shoes (2)", "Shoes", "Shoes", "n".repeat(400), "n".repeat(400))
                                .map(name -> new ListedAd(name, null, Map.of())).toList())),
                true);

        assertThat(LaunchPlan.of(request.build()).slots()).extracting(PlannedSlot::name).containsExactly("Summer sale",
                "All", "Shoes", "Shoes (2)", "Shoes (3)", "Shoes (4)", "n".repeat(400), "n".repeat(396) + " (2)");
    }

    @Test
    void with_one_ad_in_each_ad_set_an_ad_belongs_to_the_ad_set_of_its_number() {
        assertThat(plan(Strategy.FOR_ALL, 2, null).slots()).containsExactly(
                new PlannedSlot(campaign(), 0, "Summer sale"),
                new PlannedSlot(adSet(1), 0, "Summer sale / ad set 1"),
                new PlannedSlot(adSet(2), 0, "Summer sale / ad set 2"),
                new PlannedSlot(ad(1), 1, "Summer sale / ad 1"),
                new PlannedSlot(ad(2), 2, "Summer sale / ad 2"));
    }

    @Test
    void for_ads_puts_every_ad_into_the_one_ad_set() {
        assertThat(plan(Strategy.FOR_ADS, null, 3).slots()).containsExactly(
                new PlannedSlot(campaign(), 0, "Summer sale"),
                new PlannedSlot(adSet(1), 0, "Summer sale / ad set 1"),
                new PlannedSlot(ad(1), 1, "Summer sale / ad 1"),
                new PlannedSlot(ad(2), 1, "Summer sale / ad 2"),
                new PlannedSlot(ad(3), 1, "Summer sale / ad 3"));
    }

    @Test
    void one_fifty_one_has_fifty_ad_sets_and_fifty_ads() {
        var plan = plan(Strategy.ONE_FIFTY_ONE, null, null);

        assertThat(plan.slots()).hasSize(101);
        assertThat(plan.count(EntityType.CAMPAIGN)).isEqualTo(1);
        assertThat(plan.count(EntityType.AD_SET)).isEqualTo(50);
        assertThat(plan.count(EntityType.AD)).isEqualTo(50);
    }

    @Test
    void every_slot_is_found_at_its_place_and_no_other_is() {
        var plan = plan(Strategy.FOR_ADS, null, 7);

        for (int index = 0; index < plan.slots().size(); index++) {
            assertThat(plan.indexOf(plan.slots().get(index).id())).isEqualTo(index);
        }
        assertThat(plan.indexOf(adSet(0))).isEqualTo(-1);
        assertThat(plan.indexOf(adSet(2))).isEqualTo(-1);
        assertThat(plan.indexOf(ad(8))).isEqualTo(-1);
        assertThat(plan.indexOf(new SlotId(EntityType.CAMPAIGN, 2))).isEqualTo(-1);
    }

    @Test
    void equal_requests_have_equal_plans() {
        assertThat(plan(Strategy.FOR_ALL, 3, 3)).isEqualTo(plan(Strategy.FOR_ALL, 3, null));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 386, 387, 388, 400 })
    void names_fit_into_facebooks_limit_and_are_unique_within_the_campaign(int length) {
        var plan = named("n".repeat(length), 200);

        assertThat(plan.slots()).allSatisfy(slot -> assertThat(slot.name()).hasSizeLessThanOrEqualTo(400));
        assertThat(new HashSet<>(plan.slots().stream().map(PlannedSlot::name).toList())).hasSize(401);
        assertThat(plan.slots().getFirst().name()).hasSize(length);
    }

    @Test
    void a_name_is_never_cut_in_the_middle_of_a_character() {
        var smile = "\uD83D\uDE00";

        for (int letters = 380; letters <= 390; letters++) {
            var plan = named("n".repeat(letters) + smile.repeat(5), 1);

            assertThat(plan.slots()).allSatisfy(slot -> assertThat(new String(
                    slot.name().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo(slot.name()));
        }
    }
}
