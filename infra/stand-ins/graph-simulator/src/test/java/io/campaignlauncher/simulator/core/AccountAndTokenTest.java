package io.campaignlauncher.simulator.core;

import static io.campaignlauncher.simulator.core.Api.campaignOf;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AccountAndTokenTest {

    private final Api api = new Api();

    @Test
    void gives_the_account_node_with_numbers_and_strings_as_the_api_does() {
        var node = api.get("act_1001", "fields", "name,account_status,disable_reason,currency,timezone_name,"
                + "timezone_offset_hours_utc,spend_cap,amount_spent,balance,funding_source,funding_source_details,"
                + "min_daily_budget,is_prepay_account,user_tasks,capabilities,business,has_page_authorized_adaccount,"
                + "default_dsa_payor,default_dsa_beneficiary").json();
        assertThat(node.path("id").asString()).isEqualTo("act_1001");
        assertThat(node.path("account_status").isNumber()).isTrue();
        assertThat(node.path("spend_cap").isString()).isTrue();
        assertThat(node.path("user_tasks").toString()).contains("ADVERTISE");
        assertThat(api.get("act_1001").json().path("account_id").asString()).isEqualTo("1001");
    }

    @Test
    void refuses_creates_in_a_disabled_or_unsettled_account_but_neither_reads_nor_deletions() {
        for (var account : new String[]{ "act_1002", "act_1004" }) {
            var refused = api.post(account + "/campaigns", campaignOf("Sale"));
            assertThat(outcome(refused)).isEqualTo("200");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(outcome(api.get(account + "/campaigns"))).isEqualTo("ok");
        }
        assertThat(status("act_1002")).isEqualTo(2);
        assertThat(status("act_1004")).isEqualTo(3);
        var campaign = api.campaign("Sale");
        api.simulator.world().accountStatus("act_1001", 2);
        assertThat(outcome(api.post("act_1001/campaigns", campaignOf("More")))).isEqualTo("200");
        assertThat(outcome(api.delete(campaign))).isEqualTo("ok");
    }

    private int status(String account) {
        return api.get(account, "fields", "account_status").json().path("account_status").asInt();
    }

    @Test
    void has_an_account_at_its_campaign_limit() {
        assertThat(outcome(api.post("act_1003/campaigns", campaignOf("One more")))).isEqualTo("100");
        var page = api.get("act_1003/campaigns", "summary", "total_count", "limit", "1").json();
        assertThat(page.path("summary").path("total_count").asInt()).isEqualTo(6000);
        assertThat(outcome(api.delete(page.path("data").get(0).path("id").asString()))).isEqualTo("ok");
        assertThat(outcome(api.post("act_1003/campaigns", campaignOf("One more")))).isEqualTo("ok");
    }

    @Test
    void knows_any_account_of_digits_and_no_other() {
        assertThat(outcome(api.post("act_987654321/campaigns", campaignOf("Sale")))).isEqualTo("ok");
        assertThat(outcome(api.get("act_nobody"))).isEqualTo("803");
        assertThat(outcome(api.get("nobody"))).isEqualTo("803");
    }

    @Test
    void refuses_expired_invalid_and_missing_tokens() {
        assertThat(outcome(api.simulator.handle(SimRequest.get("my-expired-token", "act_1001", Map.of()), api.now)))
                .isEqualTo(
                        "190/463");
        assertThat(outcome(api.simulator.handle(SimRequest.get("invalid", "act_1001", Map.of()), api.now)))
                .isEqualTo("190/467");
        assertThat(outcome(api.simulator.handle(SimRequest.get("", "act_1001", Map.of()), api.now))).isEqualTo("104");
        api.token = "expired";
        var batch = api.batch(Api.operation("GET", "act_1001", Map.of(), ""));
        assertThat(batch.json().isObject()).isTrue();
        assertThat(outcome(batch)).isEqualTo("190/463");
    }

    @Test
    void tells_about_tokens_good_and_bad_with_status_200() {
        var good = api.get("debug_token", "input_token", "some").json().path("data");
        assertThat(good.path("is_valid").asBoolean()).isTrue();
        assertThat(good.path("app_id").isString()).isTrue();
        assertThat(good.path("expires_at").asInt(-1)).isZero();
        var bad = api.get("debug_token", "input_token", "expired");
        assertThat(bad.status()).isEqualTo(200);
        assertThat(bad.json().path("data").path("is_valid").asBoolean(true)).isFalse();
        assertThat(bad.json().path("data").path("error").path("subcode").asInt()).isEqualTo(463);
    }

    @Test
    void lets_a_token_without_the_permission_read_and_not_write() {
        api.token = "readonly";
        assertThat(permission(api.get("me/permissions").json(), "ads_management")).isEqualTo("declined");
        assertThat(outcome(api.post("act_1001/campaigns", campaignOf("Sale")))).isEqualTo("200");
        assertThat(outcome(api.get("act_1001"))).isEqualTo("ok");
    }

    private static String permission(JsonNode body, String name) {
        return body.path("data").valueStream().filter(each -> each.path("permission").asString().equals(name))
                .findFirst()
                .orElseThrow().path("status").asString();
    }

    @Test
    void lists_the_accounts_pages_and_pixels_of_the_user() {
        assertThat(api.get("me").json().path("id").asString()).isNotEmpty();
        assertThat(permission(api.get("me/permissions").json(), "ads_management")).isEqualTo("granted");
        assertThat(api.get("me/adaccounts").json().path("data").toString()).contains("act_1001", "act_1004");
        assertThat(api.get("me/accounts").json().path("data").get(0).path("tasks").toString()).contains("ADVERTISE");
        assertThat(ids(api.get("act_4242/promote_pages", "fields", "id,name"))).containsExactly("1000000001");
        assertThat(ids(api.get("act_4242/adspixels", "fields", "id,name,is_unavailable")))
                .containsExactly("2000000001");
        assertThat(api.get("2000000002", "fields", "name").json().path("id").asString()).isEqualTo("2000000002");
        assertThat(api.get("1000000001").json().path("name").isString()).isTrue();
        var minimum = api.get("act_1001/minimum_budgets").json().path("data").get(0);
        assertThat(minimum.path("min_daily_budget_imp").asInt()).isEqualTo(100);
    }

    private static java.util.List<String> ids(SimReply reply) {
        return reply.json().path("data").valueStream().map(each -> each.path("id").asString()).toList();
    }

    @Test
    void checks_a_proof_of_the_app_secret() {
        var secret = new Api(GraphRules.DEFAULTS.withAppSecret("key"));
        // HMAC-SHA256 with the key "key" over the text "good-token"
        var proof = "20b072b189fcf93c1e772e7154090f1a751bb06e49d22df0625690a4c8075b75";
        assertThat(outcome(secret.get("act_1001", "appsecret_proof", proof))).isEqualTo("ok");
        assertThat(outcome(secret.get("act_1001", "appsecret_proof", proof.replace(proof.charAt(0), 'x'))))
                .isEqualTo("100");
    }

    @Test
    void shows_no_token_and_no_secret_in_its_texts() {
        assertThat(SimRequest.get("s3cret", "act_1001", Map.of("access_token", "s3cret")).toString())
                .doesNotContain("s3cret");
        assertThat(GraphRules.DEFAULTS.withAppSecret("s3cret").toString()).doesNotContain("s3cret");
    }
}
