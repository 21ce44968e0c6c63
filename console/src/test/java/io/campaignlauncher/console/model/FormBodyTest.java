package io.campaignlauncher.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FormBodyTest {

    private static final Money DOLLARS = new Money("act_1", "USD", 2);
    private static final Map<String, String> FORM = Map.ofEntries(Map.entry("userId", "u-1"),
            Map.entry("adAccountId", "act_1"), Map.entry("credentialId", "default"), Map.entry("name", "Spring"),
            Map.entry("objective", "OUTCOME_TRAFFIC"), Map.entry("strategy", "ONE_FIFTY_ONE"),
            Map.entry("count", "50"), Map.entry("pageId", "1000000001"), Map.entry("dailyBudget", "20.50"),
            Map.entry("optimizationGoal", "LINK_CLICKS"), Map.entry("billingEvent", "IMPRESSIONS"),
            Map.entry("countries", "us, de"), Map.entry("ageMin", "25"), Map.entry("gender", "women"),
            Map.entry("link", "https://example.com"), Map.entry("headline", "Hello"),
            Map.entry("image", "sha256:ab"), Map.entry("callToAction", "SHOP_NOW"),
            Map.entry("rollbackPolicy", "CONFIRM"), Map.entry("duplicateName", "REJECT"));

    private static FormBody of(String... changes) {
        var all = new TreeMap<>(FORM);
        for (int i = 0; i < changes.length; i += 2) {
            all.put(changes[i], changes[i + 1]);
        }
        var sent = new TreeMap<String, List<String>>();
        all.forEach((name, value) -> sent.put(name, List.of(value)));
        sent.put("categories", List.of("HOUSING", "CREDIT"));
        return FormBody.of(LaunchForm.of(sent), DOLLARS);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Test
    void asks_for_what_the_form_says() {
        assertThat(of().mistakes()).isEmpty();
        assertThat(json(of().body().toString())).isEqualTo(json("""
                {"userId":"u-1","adAccountId":"act_1","credentialId":"default","strategy":"ONE_FIFTY_ONE",
                 "adSetCount":50,"pageId":"1000000001",
                 "campaign":{"name":"Spring","objective":"OUTCOME_TRAFFIC","specialAdCategories":["CREDIT","HOUSING"]},
                 "adSet":{"dailyBudget":2050,"billingEvent":"IMPRESSIONS","optimizationGoal":"LINK_CLICKS",
                  "targeting":{"geo_locations":{"countries":["US","DE"]},"age_min":25,"genders":[2]}},
                 "ad":{"creative":{"object_story_spec":{"page_id":"1000000001","link_data":{
                  "link":"https://example.com","name":"Hello","image":"sha256:ab",
                  "call_to_action":{"type":"SHOP_NOW"}}}}},
                 "rollbackPolicy":"CONFIRM","duplicateName":"REJECT"}"""));
    }

    @Test
    void counts_ads_where_there_is_one_ad_set_and_nothing_where_all_are_listed() {
        assertThat(of("strategy", "FOR_ADS", "count", "20").body().path("adCount").asInt()).isEqualTo(20);
        var listed = of("strategy", "AS_LISTED", "adSets", "[{\"name\":\"Women\",\"ads\":[{\"name\":\"Shoes\"}]}]");
        assertThat(listed.body().has("adSetCount")).isFalse();
        assertThat(listed.body().path("adSets").path(0).path("name").asString()).isEqualTo("Women");
    }

    @Test
    void lays_what_is_chosen_over_the_targeting_and_further_json_over_all() {
        var body = of("targeting", "{\"age_min\":18,\"locales\":[6],\"geo_locations\":{\"location_types\":[\"home\"]}}",
                "more", "{\"retryBudget\":9,\"adSet\":{\"dailyBudget\":null,\"graphFields\":{\"bid_amount\":5}}}")
                .body();

        assertThat(body.path("adSet").path("targeting")).isEqualTo(json("""
                {"age_min":25,"locales":[6],"geo_locations":{"location_types":["home"],"countries":["US","DE"]},
                 "genders":[2]}"""));
        assertThat(body.path("retryBudget").asInt()).isEqualTo(9);
        assertThat(body.path("adSet").has("dailyBudget")).isFalse();
        assertThat(body.path("adSet").path("billingEvent").asString()).isEqualTo("IMPRESSIONS");
    }

    @Test
    void begins_later_only_where_somebody_says_so() {
        assertThat(of("startAt", "2027-01-01T09:00").body().has("startAt")).isFalse();
        assertThat(of("start", "later", "startAt", "2027-01-01T09:00").body().path("startAt").asString())
                .isEqualTo("2027-01-01T09:00");
        assertThat(of("start", "later").mistakes()).extracting(Blocker::field).containsExactly("startAt");
    }

    @Test
    void finds_every_mistake_at_once() {
        assertThat(of("count", "many", "dailyBudget", "1.234,50", "countries", "Germany", "ageMax", "old",
                "targeting", "[]", "creative", "{", "more", "nothing").mistakes())
                .extracting(Blocker::field).containsExactlyInAnyOrder("count", "dailyBudget", "countries", "ageMax",
                        "targeting", "creative", "more");
        assertThat(of("strategy", "AS_LISTED", "adSets", "{}").mistakes()).extracting(Blocker::field)
                .containsExactly("adSets");
    }

    @Test
    void warns_of_what_facebook_asks_for_in_the_eu() {
        assertThat(FormBody.warnings(new LaunchForm(Map.of("countries", "us, de"), Set.of())))
                .extracting(Blocker::field).containsExactly("beneficiary");
        assertThat(FormBody.warnings(new LaunchForm(Map.of("countries", "US"), Set.of()))).isEmpty();
        assertThat(FormBody.warnings(
                new LaunchForm(Map.of("countries", "DE", "beneficiary", "We"), Set.of()))).isEmpty();
    }
}
