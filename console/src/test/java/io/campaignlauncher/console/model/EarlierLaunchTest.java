package io.campaignlauncher.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EarlierLaunchTest {

    private static final Money DOLLARS = new Money("act_1", "USD", 2);
    /** As events have it: JSON within is text, and what was not said is null. */
    private static final String SIMPLE = """
            {"idempotencyKey":"k","userId":"u-1","adAccountId":"act_1","credentialId":"default",
             "strategy":"FOR_ALL","adSetCount":3,"adCount":null,"pageId":"1000000001","pixelId":null,
             "campaign":{"name":"Spring 9","objective":"OUTCOME_SALES","specialAdCategories":["CREDIT"],"graphFields":{}},
             "adSet":{"dailyBudget":2050,"billingEvent":"IMPRESSIONS","optimizationGoal":"REACH",
              "targeting":"{\\"age_min\\":25,\\"genders\\":[1],\\"geo_locations\\":{\\"countries\\":[\\"US\\",\\"CA\\"]}}",
              "graphFields":{"dsa_beneficiary":"\\"We\\""}},
             "ad":{"creative":"{\\"object_story_spec\\":{\\"page_id\\":\\"1000000001\\",\\"link_data\\":{\\"link\\":\\"https://example.com\\",\\"message\\":\\"Hello\\"}}}",
              "graphFields":{}},
             "retryBudget":null,"rollbackPolicy":"AUTOMATIC","duplicateName":"REJECT","webhook":null,"priority":5,
             "tenant":"local","owner":"local","adSetName":null,"adName":null,"texts":[],"links":[],"adSets":[],
             "numberRepeatedNames":false,"startAt":"2026-01-01T00:00","mediaUpload":null}""";
    private static final String RICH = """
            {"userId":"u-1","adAccountId":"act_1","credentialId":"default","strategy":"AS_LISTED","adSetCount":1,
             "adCount":1,"campaign":{"name":"Autumn","objective":"OUTCOME_TRAFFIC","specialAdCategories":[],
              "graphFields":{"daily_budget":"5000"}},
             "adSet":{"dailyBudget":null,"billingEvent":"IMPRESSIONS","optimizationGoal":"REACH",
              "targeting":"{\\"geo_locations\\":{\\"regions\\":[{\\"key\\":\\"1\\"}]}}","graphFields":{}},
             "ad":{"creative":"{\\"creative_id\\":\\"4711\\"}","graphFields":{"status":"\\"PAUSED\\""}},
             "retryBudget":9,"rollbackPolicy":"CONFIRM","duplicateName":"WARN","webhook":"https://example.com/hook",
             "priority":7,"adSetName":"S {n}","adName":"A {n}","texts":["a","b"],"links":["https://example.com/1"],
             "adSets":[{"name":"Women","dailyBudget":null,"targeting":null,"graphFields":{},
              "ads":[{"name":"Shoes","creative":"{\\"creative_id\\":\\"1\\"}","graphFields":{}}]}],
             "numberRepeatedNames":true,"mediaUpload":"summer"}""";

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Test
    void fills_the_fields_of_the_form_under_a_further_name() {
        var form = EarlierLaunch.form(EarlierLaunch.body(json(SIMPLE)), DOLLARS, Map.of("key", "new"));

        assertThat(form.values()).containsEntry("name", "Spring 10").containsEntry("dailyBudget", "20.50")
                .containsEntry("countries", "US, CA").containsEntry("ageMin", "25").containsEntry("gender", "men")
                .containsEntry("beneficiary", "We").containsEntry("link", "https://example.com")
                .containsEntry("message", "Hello").containsEntry("count", "3")
                .containsEntry("strategy", "ONE_FIFTY_ONE").containsEntry("start", "now").containsEntry("key", "new")
                .doesNotContainKeys("targeting", "creative", "more", "startAt");
        assertThat(form.categories()).containsExactly("CREDIT");
    }

    @ParameterizedTest
    @CsvSource({ "Spring, Spring 2", "Spring 2, Spring 3", "Spring 99, Spring 100", "2026, 2026 2" })
    void counts_names_on(String before, String after) {
        assertThat(EarlierLaunch.next(before)).isEqualTo(after);
    }

    @Test
    void a_form_that_is_sent_as_it_is_asks_for_the_same_but_for_the_name() {
        for (var request : new String[]{ SIMPLE, RICH }) {
            var body = EarlierLaunch.body(json(request));
            var again = FormBody.of(EarlierLaunch.form(body, DOLLARS, Map.of()), DOLLARS);

            assertThat(again.mistakes()).isEmpty();
            var expected = body.deepCopy();
            ((ObjectNode) expected.get("campaign")).put("name",
                    EarlierLaunch.next(body.path("campaign").path("name").asString()));
            if (expected.path("strategy").asString().equals("FOR_ALL")) {
                expected.put("strategy", "ONE_FIFTY_ONE");
            }
            ((ObjectNode) expected.get("campaign")).withArray("specialAdCategories");
            assertThat(json(again.body().toString())).isEqualTo(json(expected.toString()));
        }
    }

    @Test
    void leaves_the_budget_out_where_nobody_knows_how_the_account_counts() {
        assertThat(EarlierLaunch.form(EarlierLaunch.body(json(SIMPLE)), Money.ASSUMED, Map.of()).text("dailyBudget"))
                .isEmpty();
    }
}
