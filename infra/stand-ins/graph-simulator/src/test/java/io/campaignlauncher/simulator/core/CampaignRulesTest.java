package io.campaignlauncher.simulator.core;

import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.campaignOf;
import static io.campaignlauncher.simulator.core.Api.error;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CampaignRulesTest {

    private final Api api = new Api();

    private SimReply create(String... changes) {
        return api.post(ACCOUNT + "/campaigns", campaignOf("Sale", changes));
    }

    @Test
    void answers_a_creation_with_nothing_but_an_id_of_eighteen_digits() {
        var body = create().json();
        assertThat(body.propertyNames()).containsExactly("id");
        assertThat(body.path("id").asString()).matches("\\d{18}");
    }

    @Test
    void needs_special_ad_categories_and_blames_the_field() {
        var reply = create("special_ad_categories", "-");
        assertThat(outcome(reply)).isEqualTo("100");
        assertThat(error(reply).path("error_data").toString()).contains("blame_field_specs", "special_ad_categories");
    }

    @Test
    void takes_NONE_and_refuses_an_unknown_category() {
        assertThat(outcome(create("special_ad_categories", "[\"NONE\"]"))).isEqualTo("ok");
        assertThat(outcome(create("special_ad_categories", "[\"CATS\"]"))).isEqualTo("100");
    }

    @Test
    void needs_a_word_on_budget_sharing_unless_the_campaign_has_a_budget() {
        assertThat(outcome(create("is_adset_budget_sharing_enabled", "-"))).isEqualTo("100/4834011");
        assertThat(outcome(create("is_adset_budget_sharing_enabled", "-", "daily_budget", "5000"))).isEqualTo("ok");
    }

    @Test
    void refuses_an_unknown_objective_a_missing_name_and_a_status_only_for_updates() {
        assertThat(outcome(create("objective", "OUTCOME_FUN"))).isEqualTo("100");
        assertThat(outcome(create("name", "-"))).isEqualTo("100");
        assertThat(outcome(create("status", "ARCHIVED"))).isEqualTo("100");
    }

    @Test
    void checks_without_storing_when_told_to_validate_only() {
        var reply = create("execution_options", "[\"validate_only\"]", "adlabels", "[{\"name\":\"l\"}]");
        assertThat(reply.json().path("success").asBoolean()).isTrue();
        assertThat(reply.json().has("id")).isFalse();
        assertThat(api.simulator.world().campaigns(ACCOUNT)).isEmpty();
        assertThat(api.get(ACCOUNT + "/adlabels").json().path("data").isEmpty()).isTrue();
        assertThat(outcome(create("execution_options", "[\"validate_only\"]", "objective", "NO"))).isEqualTo("100");
    }

    @Test
    void answers_the_new_node_when_fields_are_asked_for() {
        var body = create("fields", "name,status,objective").json();
        assertThat(body.path("name").asString()).isEqualTo("Sale");
        assertThat(body.path("objective").asString()).isEqualTo("OUTCOME_SALES");
    }

    @Test
    void stores_two_campaigns_for_two_equal_requests() {
        create();
        create();
        assertThat(api.simulator.world().count(ACCOUNT, "Sale")).isEqualTo(new WorldView.Count(2, 0, 0, 1));
    }

    @Test
    void knows_every_campaign_field_of_the_version_and_leaves_out_absent_ones() {
        var id = api.campaign("Sale");
        var all = String.join(",", NodeFields.of(ObjectKind.CAMPAIGN));
        assertThat(NodeFields.of(ObjectKind.CAMPAIGN)).hasSize(45);
        var node = api.get(id, "fields", all);
        assertThat(node.status()).isEqualTo(200);
        assertThat(node.json().has("stop_time")).isFalse();
        assertThat(node.json().path("created_time").asString()).isEqualTo("2026-03-01T12:00:00+0000");
        assertThat(node.json().path("is_adset_budget_sharing_enabled").isBoolean()).isTrue();
    }

    @Test
    void gives_error_data_as_an_object_in_one_answer_and_as_a_string_in_the_next() {
        var first = error(create("name", "-")).path("error_data");
        var second = error(create("name", "-")).path("error_data");
        assertThat(first.isObject()).isNotEqualTo(second.isObject());
        assertThat(first.isString()).isNotEqualTo(second.isString());
    }
}
