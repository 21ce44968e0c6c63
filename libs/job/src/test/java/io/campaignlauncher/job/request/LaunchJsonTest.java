package io.campaignlauncher.job.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.ListedAd;
import io.campaignlauncher.job.model.ListedAdSet;
import io.campaignlauncher.job.model.RequestSample;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.model.Variations;
import io.campaignlauncher.job.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** How a launch request is written as JSON. */
class LaunchJsonTest {

    private final List<Violation> found = new ArrayList<>();

    private LaunchRequest read(String json) {
        return LaunchJson.read((ObjectNode) CanonicalJson.MAPPER.readTree(json), "key", found);
    }

    private List<String> mistakes() {
        return found.stream().map(Violation::described).toList();
    }

    @Test
    void a_list_of_ad_sets_and_ads_says_what_each_has_of_its_own() {
        var request = read(
                """
                        {"strategy": "AS_LISTED", "numberRepeatedNames": true, "adSet": {"name": "Set {n}"}, "ad": {"name": "Ad {n}"},
                         "adSets": [
                          {"name": " Women ", "dailyBudget": 2e3, "billingEvent": "IMPRESSIONS", "optimizationGoal": "REACH",
                           "targeting": {"b": 1, "a": 2}, "graphFields": {"bid_amount": 5, "end_time": null},
                           "ads": [{"name": "Shoes", "creative": {"creative_id": "1"}, "graphFields": {"priority": 1}}, {}]},
                          {"ads": [{}]}]}""");

        assertThat(found).isEmpty();
        assertThat(request.strategy()).isEqualTo(Strategy.AS_LISTED);
        assertThat(request.variations()).isEqualTo(new Variations("Set {n}", "Ad {n}", List.of(), List.of(), List.of(
                new ListedAdSet("Women", 2000L, "IMPRESSIONS", "REACH", "{\"a\":2,\"b\":1}", Map.of("bid_amount", "5"),
                        List.of(new ListedAd("Shoes", "{\"creative_id\":\"1\"}", Map.of("priority", "1")),
                                new ListedAd(null, null, Map.of()))),
                new ListedAdSet(null, null, null, null, null, Map.of(),
                        List.of(new ListedAd(null, null, Map.of())))),
                true));
        assertThat(LaunchRequests.fromAvro(LaunchRequests.toAvro(request))).isEqualTo(request);
    }

    @Test
    void what_is_written_is_read_as_the_same_request() {
        var plain = RequestSample.forAll(2);
        var full = read(
                """
                        {"userId": "u", "adAccountId": "act_1", "credentialId": "c", "strategy": "FOR_ADS", "adSetCount": 1, "adCount": 4,
                         "pageId": "1", "pixelId": "2", "campaign": {"name": "n", "objective": "OUTCOME_SALES",
                         "specialAdCategories": ["CREDIT", "HOUSING"], "graphFields": {"status": "ACTIVE", "spend_cap": 1.50}},
                         "adSet": {"name": "S", "dailyBudget": 9000000000, "billingEvent": "b", "optimizationGoal": "o",
                         "targeting": {"a": [1, {"b": null}]}, "graphFields": {"bid_amount": 5}},
                         "ad": {"name": "A {n}", "texts": ["x\\ny"], "links": ["l"], "creative": {"m": "{text}{link}"},
                         "graphFields": {"priority": 1}}, "retryBudget": 0, "rollbackPolicy": "CONFIRM", "duplicateName": "WARN",
                         "notify": {"webhook": "https://x.example"}, "priority": 9}""");
        for (var request : List.of(plain, full, RequestSample.listed(3, 2), RequestSample.listed(1, 1)
                .varied(new Variations(null, null, List.of(), List.of(), List.of(
                        new ListedAdSet(null, null, "b", "o", "{\"a\":1}", Map.of("bid_amount", "7"), List.of())),
                        true)))) {
            var written = LaunchJson.write(request);

            assertThat(LaunchJson.read(written, request.idempotencyKey(), found)).isEqualTo(request);
            assertThat(found).isEmpty();
        }
    }

    @Test
    void texts_and_links_belong_to_the_ad() {
        assertThat(read("""
                {"ad": {"texts": ["a", "b"], "links": ["https://x.example"]}}""").variations())
                .isEqualTo(new Variations(null, null, List.of("a", "b"), List.of("https://x.example"), List.of(),
                        false));
    }

    @Test
    void wrong_types_and_unknown_fields_are_named_by_their_place_in_the_list() {
        read("""
                {"strategy": "AS_LISTED", "adSets": [{"ads": [{"nmae": "x"}, {"creative": "y"}]}, {"ads": [1]},
                 {"dailyBudget": "20", "colour": 1, "ads": {}}]}""");

        assertThat(mistakes()).containsExactlyInAnyOrder("adSets[0].ads[0].nmae is not known",
                "adSets[0].ads[1].creative must be a JSON object", "adSets[1].ads must be a list of JSON objects",
                "adSets[2].dailyBudget must be a whole number of at most 64 bits", "adSets[2].colour is not known",
                "adSets[2].ads must be a list of JSON objects");
    }

    @Test
    void of_a_list_that_is_too_long_so_much_is_read_that_a_rule_sees_it() {
        assertThat(read("{\"adSets\":[" + "{},".repeat(5_000) + "{}]}").variations().adSets()).hasSize(201);
    }
}
