package io.campaignlauncher.simulator.core;

import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.adOf;
import static io.campaignlauncher.simulator.core.Api.adSetOf;
import static io.campaignlauncher.simulator.core.Api.campaignOf;
import static io.campaignlauncher.simulator.core.Api.map;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static io.campaignlauncher.simulator.core.Api.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidateOnlyTest {

    private static final String CREATIVE = "{\"page_id\":\"1000000001\",\"link_data\":"
            + "{\"link\":\"https://example.com\"}}";

    private final Api api = new Api();
    private final String campaign = api.campaign("Sale");
    private final String adSet = api.adSet(campaign, "Set");

    private Map<String, Map<String, String>> creations() {
        return Map.of("campaigns", campaignOf("New"), "adsets", adSetOf(campaign, "New"), "ads", adOf(adSet, "New"),
                "adcreatives", map("name", "New", "object_story_spec", CREATIVE));
    }

    private SimReply validated(String edge, Map<String, String> parameters) {
        return api.post(ACCOUNT + "/" + edge, with(parameters, "execution_options", "[\"validate_only\"]"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "[\"validate_only\"]", "['validate_only','include_recommendations']", "validate_only" })
    void checks_what_is_right_and_stores_nothing(String options) {
        int before = api.simulator.world().stored();
        creations().forEach((edge, parameters) -> {
            var reply = api.post(ACCOUNT + "/" + edge,
                    with(parameters, "execution_options", options, "adlabels", "[{\"name\":\"new label\"}]"));
            assertThat(reply.json().toString()).as(edge).isEqualTo("{\"success\":true}");
        });
        assertThat(api.simulator.world().stored()).isEqualTo(before);
    }

    @Test
    void refuses_what_the_creation_would_refuse() {
        creations().forEach((edge, parameters) -> {
            for (var broken : new String[][]{ { "adlabels", "[{\"id\":\"77\"}]" }, { "campaign_id", "77" },
                { "objective", "FAME" }, { "adset_id", "77" }, { "creative", "{\"creative_id\":\"77\"}" },
                { "object_story_spec", CREATIVE.replace("1000000001", "1000000002") } }) {
                if (broken[0].equals("adlabels") || parameters.containsKey(broken[0])) {
                    var wrong = with(parameters, broken);
                    assertThat(outcome(validated(edge, wrong))).as(edge + " " + broken[0]).isNotEqualTo("ok")
                            .isEqualTo(outcome(api.post(ACCOUNT + "/" + edge, wrong)));
                }
            }
        });
    }

    @Test
    void checks_a_change_and_changes_nothing() {
        assertThat(outcome(api.post(campaign, "name", "Other", "execution_options", "[\"validate_only\"]")))
                .isEqualTo("ok");
        assertThat(outcome(api.post(adSet, "daily_budget", "1", "execution_options", "[\"validate_only\"]")))
                .isEqualTo("100/1885272");
        assertThat(api.simulator.world().object(campaign).orElseThrow().name()).isEqualTo("Sale");
    }

    @Test
    void gives_recommendations_to_who_validates_and_knows_no_other_options() {
        for (var options : new String[]{ "[\"include_recommendations\"]", "[\"validate_only\",\"at_once\"]" }) {
            assertThat(outcome(api.post(ACCOUNT + "/campaigns", campaignOf("New", "execution_options", options))))
                    .isEqualTo("100");
        }
        assertThat(outcome(api.post(ACCOUNT + "/ads",
                adOf(adSet, "New", "execution_options", "[\"synchronous_ad_review\"]")))).isEqualTo("ok");
        assertThat(api.simulator.world().ads(adSet)).hasSize(1);
    }
}
