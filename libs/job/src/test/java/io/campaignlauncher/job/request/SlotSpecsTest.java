package io.campaignlauncher.job.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.AdSetSpec;
import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.ListedAd;
import io.campaignlauncher.job.model.ListedAdSet;
import io.campaignlauncher.job.model.RequestSample;
import io.campaignlauncher.job.model.Variations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each slot is made of. */
class SlotSpecsTest {

    private static final LaunchRequest PLAIN = RequestSample.forAll(3);

    private static LaunchRequest with(AdSetSpec adSet, AdSpec ad, Variations variations) {
        return new LaunchRequest(PLAIN.idempotencyKey(), PLAIN.userId(), PLAIN.adAccountId(), PLAIN.credentialId(),
                PLAIN.strategy(), PLAIN.adSetCount(), PLAIN.adCount(), PLAIN.pageId(), PLAIN.pixelId(),
                PLAIN.campaign(), adSet, ad, PLAIN.retryBudget(), PLAIN.rollbackPolicy(), PLAIN.duplicateName(),
                PLAIN.webhook(), PLAIN.priority(), PLAIN.ownership(), variations, null, null);
    }

    private static Variations listing(ListedAdSet... adSets) {
        return new Variations(null, null, List.of(), List.of(), List.of(adSets), false);
    }

    @Test
    void without_variations_every_slot_is_made_of_the_same() {
        var specs = new SlotSpecs(PLAIN);

        assertThat(specs.adSet(3)).isSameAs(PLAIN.adSet());
        assertThat(specs.ad(3)).isSameAs(PLAIN.ad());
    }

    @Test
    void what_a_listed_entry_has_of_its_own_lies_over_what_all_have() {
        var every = new AdSetSpec(700L, "IMPRESSIONS", "REACH", "{\"a\":1}",
                Map.of("bid_amount", "5", "status", "\"PAUSED\""));
        var specs = new SlotSpecs(with(every, new AdSpec("{\"c\":0}", Map.of("priority", "1")), listing(
                new ListedAdSet("One", null, null, null, null, Map.of("bid_amount", "9"),
                        List.of(new ListedAd("1", null, Map.of()))),
                new ListedAdSet("Two", 900L, "CLICKS", "LEADS", "{\"b\":2}", Map.of(),
                        List.of(new ListedAd("2", "{\"c\":2}", Map.of("priority", "2", "audience_id", "3")),
                                new ListedAd("3", null, Map.of()))))));

        assertThat(specs.adSet(1)).isEqualTo(new AdSetSpec(700L, "IMPRESSIONS", "REACH", "{\"a\":1}",
                Map.of("bid_amount", "9", "status", "\"PAUSED\"")));
        assertThat(specs.adSet(2)).isEqualTo(new AdSetSpec(900L, "CLICKS", "LEADS", "{\"b\":2}",
                Map.of("bid_amount", "5", "status", "\"PAUSED\"")));
        assertThat(specs.ad(1)).isEqualTo(new AdSpec("{\"c\":0}", Map.of("priority", "1")));
        assertThat(specs.ad(2)).isEqualTo(new AdSpec("{\"c\":2}", Map.of("priority", "2", "audience_id", "3")));
        assertThat(specs.ad(3)).isEqualTo(specs.ad(1));
    }

    @Test
    void a_budget_of_its_own_is_instead_of_either_budget_of_all() {
        var daily = new AdSetSpec(700L, "IMPRESSIONS", "REACH", "{}", Map.of());
        var lifetime = new AdSetSpec(null, "IMPRESSIONS", "REACH", "{}", Map.of("lifetime_budget", "9"));
        var ownDaily = listing(new ListedAdSet("One", 5L, null, null, null, Map.of(), List.of()));
        var ownLifetime = listing(
                new ListedAdSet("One", null, null, null, null, Map.of("lifetime_budget", "8"), List.of()));

        assertThat(new SlotSpecs(with(lifetime, PLAIN.ad(), ownDaily)).adSet(1))
                .isEqualTo(new AdSetSpec(5L, "IMPRESSIONS", "REACH", "{}", Map.of()));
        assertThat(new SlotSpecs(with(daily, PLAIN.ad(), ownLifetime)).adSet(1))
                .isEqualTo(new AdSetSpec(null, "IMPRESSIONS", "REACH", "{}", Map.of("lifetime_budget", "8")));
    }

    @Test
    void texts_and_links_take_turns_wherever_the_creative_says() {
        var creative = "{\"a\":[\"{text}\",{\"link\":\"{link}?x\"}],\"message\":\"So: {text}{text}\",\"n\":7}";
        var specs = new SlotSpecs(with(PLAIN.adSet(), new AdSpec(creative, Map.of()),
                new Variations(null, null, List.of("Buy \"now\"\n{link}", "Or later"), List.of("https://x.example"),
                        List.of(), false)));

        assertThat(specs.ad(2).creative()).isEqualTo("{\"a\":[\"Or later\",{\"link\":\"https://x.example?x\"}],"
                + "\"message\":\"So: Or laterOr later\",\"n\":7}");
        assertThat(specs.ad(3)).isEqualTo(specs.ad(1));
        assertThat(specs.ad(1).creative()).contains("So: Buy \\\"now\\\"\\n{link}Buy");
    }
}
