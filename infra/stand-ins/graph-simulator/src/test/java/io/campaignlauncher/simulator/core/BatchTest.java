package io.campaignlauncher.simulator.core;

import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.adOf;
import static io.campaignlauncher.simulator.core.Api.adSetOf;
import static io.campaignlauncher.simulator.core.Api.body;
import static io.campaignlauncher.simulator.core.Api.campaignOf;
import static io.campaignlauncher.simulator.core.Api.operation;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static io.campaignlauncher.simulator.core.Api.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.standin.RequestParts.Upload;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchTest {

    private final Api api = new Api();

    @Test
    void makes_campaign_ad_set_creative_and_ad_in_one_call_by_references() {
        var reply = api.batch(operation("POST", ACCOUNT + "/campaigns", campaignOf("Sale"), "c"),
                operation("POST", "v24.0/"
                        + ACCOUNT + "/adsets", adSetOf("{result=c:$.id}", "Set"), "s"),
                operation("POST", ACCOUNT + "/adcreatives", Map
                        .of("name", "C", "object_story_spec",
                                "{\"page_id\":\"1000000001\",\"link_data\":{\"link\":\"https://e.com\"}}"),
                        "k"),
                operation(
                        "POST", ACCOUNT + "/ads", adOf("{result=s:$.id}", "Ad", "creative",
                                "{creative_id:{result=k:$.id}}"),
                        ""));
        assertThat(outcomes(reply)).containsExactly("ok", "ok", "ok", "ok");
        assertThat(api.simulator.world().count(ACCOUNT, "Sale")).isEqualTo(new WorldView.Count(1, 1, 1, 0));
    }

    @Test
    void refers_to_lists_in_relative_urls() {
        api.campaign("A");
        api.campaign("B");
        var reply = api.batch(operation("GET", ACCOUNT + "/campaigns", Map.of(), "all"),
                operation("GET", "", Map.of("ids",
                        "{result=all:$.data.*.id}", "fields", "name"), ""));
        assertThat(body(reply.json().get(1)).toString()).contains("\"A\"", "\"B\"");
    }

    @Test
    void aborts_what_depends_on_a_failure_and_runs_the_rest() {
        var reply = api.batch(operation("POST", ACCOUNT + "/campaigns", campaignOf("Sale", "objective", "NO"), "c"),
                operation(
                        "POST", ACCOUNT + "/adsets", adSetOf("{result=c:$.id}", "Set"), "s"),
                operation("POST", ACCOUNT + "/ads", adOf(
                        "{result=s:$.id}", "Ad"), ""),
                operation("GET", ACCOUNT, Map.of(), ""));
        assertThat(outcomes(reply)).containsExactly("100", "960", "960", "ok");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get(1).path("code").asInt()).isEqualTo(500);
        assertThat(body(reply.json().get(1)).path("error").path("type").asString()).isEqualTo("FacebookApiException");
    }

    @Test
    void leaves_out_the_answer_of_a_named_operation_that_others_use() {
        var named = "{\"method\":\"POST\",\"relative_url\":\"act_1001/campaigns\",\"name\":\"c\",\"body\":\"name=Sale"
                + "&objective=OUTCOME_SALES&special_ad_categories=%5B%5D&is_adset_budget_sharing_enabled=false\"}";
        var reply = api.batch(named, operation("GET", "{result=c:$.id}", Map.of("fields", "name"), ""));
        assertThat(outcomes(reply)).containsExactly("null", "ok");
        assertThat(body(reply.json().get(1)).path("name").asString()).isEqualTo("Sale");
    }

    @Test
    void waits_for_depends_on_and_refuses_names_that_are_not_there() {
        var failing = operation("GET", "act_nobody", Map.of(), "bad");
        var waiting = "{\"method\":\"GET\",\"relative_url\":\"act_1001\",\"depends_on\":\"bad\"}";
        var lost = "{\"method\":\"GET\",\"relative_url\":\"act_1001\",\"depends_on\":\"unheard\"}";
        assertThat(outcomes(api.batch(failing, waiting, lost))).containsExactly("803", "960", "100");
    }

    @Test
    void refuses_a_second_ad_set_of_one_campaign_in_a_batch() {
        var campaign = api.campaign("Sale");
        var other = api.campaign("Other");
        var reply = api.batch(operation("POST", ACCOUNT + "/adsets", adSetOf(campaign, "1"), ""),
                operation("POST", ACCOUNT
                        + "/adsets", adSetOf(campaign, "2"), ""),
                operation("POST", ACCOUNT + "/adsets", adSetOf(other, "3"), ""));
        assertThat(outcomes(reply)).containsExactly("ok", "100", "ok");
    }

    @Test
    void takes_fifty_operations_and_refuses_fifty_one_with_one_error() {
        var operation = operation("GET", ACCOUNT, Map.of(), "");
        assertThat(api.batch(Collections.nCopies(50, operation).toArray(String[]::new)).json()).hasSize(50);
        var refused = api.batch(Collections.nCopies(51, operation).toArray(String[]::new));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(outcome(refused)).isEqualTo("100");
        assertThat(outcome(api.simulator.handle(SimRequest.batch(Api.TOKEN, "{"), api.now))).isEqualTo("100");
    }

    @Test
    void deletes_in_a_batch_and_answers_each_deletion() {
        var campaign = api.campaign("Sale");
        var reply = api.batch(operation("DELETE", campaign, Map.of(), ""), operation("DELETE", campaign, Map.of(), ""));
        assertThat(outcomes(reply)).containsExactly("ok", "100/33");
        assertThat(body(reply.json().get(0)).path("success").asBoolean()).isTrue();
    }

    @Test
    void takes_an_operations_own_token_before_the_batchs() {
        var reply = api.batch(operation("GET", ACCOUNT, Map.of("access_token", "expired"), ""),
                operation("GET", ACCOUNT, Map
                        .of(), ""));
        assertThat(outcomes(reply)).containsExactly("190/463", "ok");
    }

    @Test
    void answers_an_absolute_address_with_status_200_and_nothing_done() {
        var reply = api
                .batch(operation("POST", "https://graph.facebook.com/act_1001/campaigns", campaignOf("Sale"), ""));
        assertThat(reply.json().get(0).path("code").asInt()).isEqualTo(200);
        assertThat(api.simulator.world().campaigns(ACCOUNT)).isEmpty();
    }

    @Test
    void gives_headers_to_each_element_unless_told_not_to() {
        var operations = "[" + operation("GET", ACCOUNT, Map.of(), "") + "]";
        var with = api.simulator.handle(SimRequest.post(Api.TOKEN, "/", Map.of("batch", operations)), api.now);
        assertThat(with.json().get(0).path("headers").toString()).contains("X-Business-Use-Case-Usage");
        var without = api.simulator.handle(SimRequest.batch(Api.TOKEN, operations), api.now);
        assertThat(without.json().get(0).has("headers")).isFalse();
    }

    @Test
    void takes_no_image_while_the_same_alone_goes_well() {
        var operation = "{\"method\":\"POST\",\"relative_url\":\"act_1001/adimages\",\"attached_files\":{\"File0\":\"file\"}}";
        var bytes = operation("POST", ACCOUNT + "/adimages", Map.of("bytes", Pictures.base64(Pictures.png(1))), "");
        var files = Map.of("File0", new Upload("a.png", Pictures.png(1)));
        var batch = Map.of("batch", "[" + operation + "," + bytes + "]");
        assertThat(outcomes(api.simulator.handle(new SimRequest("POST", "/", batch, files, Api.TOKEN, ""), api.now)))
                .containsExactly("100/1487411", "100/1487197");
        assertThat(outcome(api.upload(ACCOUNT, "a.png", Pictures.png(1)))).isEqualTo("ok");
    }

    @Test
    void answers_304_to_a_read_that_names_the_tag_of_what_it_read_before() {
        var campaign = api.campaign("Known");
        var reading = Json.object().put("method", "GET").put("relative_url", campaign + "?fields=name");
        var first = api.post("/", "batch", Json.write(Json.array().add(reading))).json().path(0);
        var tag = first.path("headers").valueStream().filter(each -> each.path("name").asString().equals("ETag"))
                .findFirst().orElseThrow().path("value").asString();
        reading.putArray("headers").add("If-None-Match: " + tag);
        var second = api.batch(Json.write(reading)).json().path(0);
        assertThat(second.path("code").asInt()).isEqualTo(304);
        assertThat(second.path("body").isNull()).isTrue();
        api.post(campaign, "name", "Changed");
        assertThat(api.batch(Json.write(reading)).json().path(0).path("code").asInt()).isEqualTo(200);
    }
}
