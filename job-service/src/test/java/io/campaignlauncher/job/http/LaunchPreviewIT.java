package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LaunchPreviewIT {

    private static final String BODY = """
            {"userId":"u-1","adAccountId":"act_1001","credentialId":"default","strategy":"FOR_ALL","adSetCount":2,
             "pageId":"1000000001","campaign":{"name":"Spring sale","objective":"OUTCOME_TRAFFIC"},
             "adSet":{"dailyBudget":2000,"billingEvent":"IMPRESSIONS","optimizationGoal":"LINK_CLICKS",
                      "targeting":{"geo_locations":{"countries":["US"]}}},
             "ad":{"creative":{"object_story_spec":{"page_id":"1000000001","link_data":{"link":"https://example.com"}}}}}""";

    private static HttpApi api;

    @BeforeAll
    static void start() {
        api = new HttpApi("launch_previews", HttpSettings.defaults());
    }

    @AfterAll
    static void stop() {
        api.live.stop();
    }

    @BeforeEach
    void everythingIsWell() {
        api.forget();
        api.account.away = false;
        api.account.currency = "USD";
        api.account.status = "1";
        api.account.validation = "{'success':true}";
        api.account.asked.clear();
    }

    @Test
    void shows_what_would_be_made_and_writes_the_audit_alone() {
        var before = rows();

        var preview = shown(BODY);

        assertThat(preview.path("launchable").asBoolean()).isTrue();
        assertThat(preview.path("names").toString()).isEqualTo("""
                {"campaign":"Spring sale","adSets":[{"name":"Spring sale / ad set 1","ads":["Spring sale / ad 1"]},\
                {"name":"Spring sale / ad set 2","ads":["Spring sale / ad 2"]}]}""");
        assertThat(preview.path("calls").path("creation").asInt()).isEqualTo(3);
        assertThat(preview.path("price").path("total").path("daily").toString())
                .isEqualTo("{\"minorUnits\":4000,\"amount\":\"40.00\"}");
        assertThat(preview.path("validated").toString()).isEqualTo("[\"campaign\",\"ad.creative\"]");
        assertThat(api.account.asked.stream().filter(one -> one.isWrite()))
                .allSatisfy(one -> assertThat(one.parameters()).containsEntry("execution_options",
                        "[\"validate_only\"]"))
                .hasSize(2);
        assertThat(api.published).isEmpty();
        assertThat(api.decided).isEmpty();
        var after = rows();
        assertThat(after.get("audit") - before.get("audit")).isEqualTo(2);
        after.remove("audit");
        after.remove("audit_unpublished");
        assertThat(before).containsAllEntriesOf(after);
    }

    @Test
    void names_every_rule_that_is_broken_at_its_field() {
        var body = json(BODY);
        body.put("credentialId", "nobody's").put("adSetCount", 0);
        body.withObject("adSet").remove("dailyBudget");

        var preview = shown(body.toString());

        assertThat(preview.path("launchable").asBoolean()).isFalse();
        assertThat(preview.path("blockers").findValuesAsString("field")).contains("credentialId", "adSetCount",
                "adSet.dailyBudget");
        assertThat(preview.path("hash").isNull()).isTrue();
        assertThat(api.account.asked).isEmpty();
    }

    @Test
    void refuses_what_is_no_launch() {
        post("?dryRun=true", json(BODY).put("surprise", 1).toString(), Map.of()).expectStatus().isBadRequest();
        post("?dryRun=perhaps", BODY, Map.of()).expectStatus().isBadRequest();
        post("?dryRun=true", BODY, Map.of("Idempotency-Key", "\"open")).expectStatus().isBadRequest();
    }

    @Test
    void points_a_failed_check_at_its_field() {
        api.account.status = "2";

        var preview = shown(BODY);

        assertThat(preview.path("outcome").asString()).isEqualTo("REFUSED");
        assertThat(preview.path("blockers").toString()).contains("\"field\":\"adAccountId\"", "disabled");
        assertThat(api.account.asked).noneMatch(one -> one.isWrite());
    }

    @Test
    void says_so_where_facebook_does_not_answer() {
        api.account.away = true;

        var preview = shown(BODY);

        assertThat(preview.path("outcome").asString()).isEqualTo("INCONCLUSIVE");
        assertThat(preview.path("launchable").asBoolean()).isFalse();
        assertThat(preview.path("names").path("campaign").asString()).isEqualTo("Spring sale");
        assertThat(preview.path("price").path("currency").isNull()).isTrue();
    }

    @Test
    void takes_an_id_of_something_that_was_to_be_checked_alone_for_a_lie() {
        api.account.validation = "{'id':'77'}";

        var preview = shown(BODY);

        assertThat(preview.path("launchable").asBoolean()).isFalse();
        assertThat(preview.path("blockers").toString()).contains("\"field\":\"campaign\"", "made 77");
    }

    @Test
    void launches_as_was_shown_and_not_otherwise() {
        var hash = shown(BODY).path("hash").asString();

        api.account.currency = "JPY";
        assertThat(fields(launch("k-1", BODY, hash).expectStatus().isEqualTo(409))).containsExactly("price",
                "account");
        api.account.currency = "USD";
        api.account.status = "2";
        assertThat(fields(launch("k-1", BODY, hash).expectStatus().isEqualTo(409))).contains("checks");
        api.account.status = "1";
        var dearer = json(BODY);
        dearer.withObject("adSet").put("dailyBudget", 2001);
        assertThat(fields(launch("k-1", dearer.toString(), hash).expectStatus().isEqualTo(409)))
                .containsExactly("request", "price");
        api.account.away = true;
        launch("k-1", BODY, hash).expectStatus().isEqualTo(503);
        assertThat(api.taken).isEmpty();

        api.account.away = false;
        launch("k-1", BODY, hash).expectStatus().isAccepted();
        assertThat(api.taken).hasSize(1);
    }

    @Test
    void knows_a_hash_when_it_sees_one() {
        assertThat(fields(launch("k-2", BODY, "v2.abc").expectStatus().isBadRequest()))
                .containsExactly("Launch-Preview");
    }

    private static List<String> fields(ResponseSpec answer) {
        return JsonMapper.shared().readTree(answer.expectBody().returnResult().getResponseBody()).path("errors")
                .findValuesAsString("field");
    }

    private static JsonNode shown(String body) {
        return JsonMapper.shared().readTree(post("?dryRun=true", body, Map.of()).expectStatus().isOk().expectBody()
                .returnResult().getResponseBody());
    }

    private static ResponseSpec launch(String key, String body, String hash) {
        return post("", body, Map.of("Idempotency-Key", key, "Launch-Preview", hash));
    }

    private static ResponseSpec post(String query, String body, Map<String, String> headers) {
        return api.client.post().uri("/v1/jobs" + query).contentType(MediaType.APPLICATION_JSON)
                .headers(all -> headers.forEach(all::set)).bodyValue(body).exchange();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }

    /** How many there are in each table. */
    private static Map<String, Long> rows() {
        var jdbc = new JdbcTemplate(api.dataSource);
        var rows = new TreeMap<String, Long>();
        for (var table : jdbc.queryForList("select quote_ident(schemaname) || '.' || quote_ident(relname)"
                + " from pg_stat_user_tables", String.class)) {
            rows.put(table.replace("public.", ""), jdbc.queryForObject("select count(*) from " + table, Long.class));
        }
        return rows;
    }
}
