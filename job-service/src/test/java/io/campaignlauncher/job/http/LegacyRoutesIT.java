package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.live.LiveSettings;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.readmodel.ScriptedJob;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The older apps' routes, with a job that does what the test says as soon as its command is on Kafka. */
class LegacyRoutesIT {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final LiveSettings QUICK = new LiveSettings(Duration.ofMillis(20), 50, Duration.ofSeconds(15),
            Duration.ofMinutes(10));
    private static final String BODY = """
            {"campaignName":"Autumn sale","objective":"OUTCOME_SALES","duplicationSettings":{"adSetCount":3}}""";

    private static HttpApi api;
    /** Knows no defaults, and waits for nothing. */
    private static HttpApi bare;

    @BeforeAll
    static void start() {
        api = new HttpApi("older_routes", HttpSettings.defaults(), QUICK,
                new LegacyRoutesSettings("u-older", "act_1001", "default", "1000000001", "2000000001", 1500L,
                        "IMPRESSIONS", "OFFSITE_CONVERSIONS", "{\"geo_locations\":{\"countries\":[\"US\"]}}",
                        "{\"object_story_spec\":{\"page_id\":\"1000000001\"}}", Duration.ofMinutes(1)));
        bare = new HttpApi("older_routes_bare", HttpSettings.defaults(), QUICK,
                LegacyRoutesSettings.none(Duration.ofMillis(100)));
    }

    @BeforeEach
    void clear() {
        for (var each : List.of(api, bare)) {
            each.readModel.clear();
            each.forget();
        }
        onceTaken(job -> job.preVerified().createdAll().verified());
    }

    @ParameterizedTest
    @CsvSource({ "strategyForAll, FOR_ALL, 4, 4", "strategy150, ONE_FIFTY_ONE, 3, 3", "strategyForAds, FOR_ADS, 1, 3" })
    void launches_with_three_fields_and_answers_at_the_end(String route, Strategy strategy, int adSets, int ads) {
        var answer = json(post(api, route, BODY, null).expectStatus().isOk());

        assertThat(answer.path("success").booleanValue()).isTrue();
        assertThat(answer.path("status").stringValue()).isEqualTo("completed");
        assertThat(answer.path("campaignId").stringValue()).isNotBlank();
        assertThat(answer.path("adSetIds")).hasSize(adSets);
        assertThat(answer.path("adIds")).hasSize(ads);
        assertThat(answer.path("created")).isEqualTo(answer.path("requested"))
                .hasToString("{\"adSets\":" + adSets + ",\"ads\":" + ads + "}");
        var request = request(api);
        assertThat(request.strategy()).isEqualTo(strategy);
        assertThat(request.campaign().name()).isEqualTo("Autumn sale");
        assertThat(request.userId()).isEqualTo("u-older");
        assertThat(request.adSet().dailyBudget()).isEqualTo(1500);
        assertThat(request.pageId()).isEqualTo("1000000001");
        assertThat(answer.path("jobId").stringValue()).isEqualTo(api.taken.getFirst().jobId().toString());
    }

    @Test
    void makes_fifty_ad_sets_where_the_150_route_is_not_told_how_many() {
        post(api, "strategy150", "{\"campaignName\":\"Fifty\",\"objective\":\"OUTCOME_SALES\"}", null).expectStatus()
                .isOk().expectBody().jsonPath("$.created.adSets").isEqualTo(50);
    }

    @Test
    void prefers_what_the_body_says_in_the_words_of_the_newer_route() {
        post(api, "strategyForAll", """
                {"campaign":{"name":"Own","objective":"OUTCOME_TRAFFIC"},"adSetCount":2,"userId":"me","pageId":"77",
                 "adSet":{"dailyBudget":99,"targeting":{"age_min":18}},"ad":{"creative":{"creative_id":"5"}},
                 "retryBudget":0}""", "own").expectStatus().isOk();

        var request = request(api);
        assertThat(request.idempotencyKey()).isEqualTo("own");
        assertThat(request.userId()).isEqualTo("me");
        assertThat(request.adSetCount()).isEqualTo(2);
        assertThat(request.pageId()).isEqualTo("77");
        assertThat(request.campaign().objective()).isEqualTo("OUTCOME_TRAFFIC");
        assertThat(request.adSet().dailyBudget()).isEqualTo(99);
        assertThat(request.adSet().targeting()).isEqualTo("{\"age_min\":18}");
        assertThat(request.adSet().billingEvent()).isEqualTo("IMPRESSIONS");
        assertThat(request.ad().creative()).isEqualTo("{\"creative_id\":\"5\"}");
        assertThat(request.retryBudget()).isZero();
    }

    /** The request of the older apps' own guide. */
    @Test
    void takes_the_objectives_that_its_apps_know_and_says_what_it_took_them_for() {
        var answer = json(post(api, "strategyForAll", """
                {"campaignName":"Autumn sale","objective":"CONVERSIONS","duplicationSettings":{"adSetCount":10}}""",
                null)
                .expectStatus().isOk());

        assertThat(request(api).campaign().objective()).isEqualTo("OUTCOME_SALES");
        assertThat(request(api).adSetCount()).isEqualTo(11);
        assertThat(answer.path("objective").stringValue()).isEqualTo("OUTCOME_SALES");
        assertThat(answer.path("objectiveGiven").stringValue()).isEqualTo("CONVERSIONS");
    }

    @ParameterizedTest
    @CsvSource({ "APP_INSTALLS, OUTCOME_APP_PROMOTION", "BRAND_AWARENESS, OUTCOME_AWARENESS",
        "REACH, OUTCOME_AWARENESS",
        "LOCAL_AWARENESS, OUTCOME_AWARENESS", "STORE_VISITS, OUTCOME_AWARENESS", "STORE_TRAFFIC, OUTCOME_AWARENESS",
        "EVENT_RESPONSES, OUTCOME_ENGAGEMENT", "PAGE_LIKES, OUTCOME_ENGAGEMENT", "POST_ENGAGEMENT, OUTCOME_ENGAGEMENT",
        "MESSAGES, OUTCOME_ENGAGEMENT", "VIDEO_VIEWS, OUTCOME_ENGAGEMENT", "LEAD_GENERATION, OUTCOME_LEADS",
        "CONVERSIONS, OUTCOME_SALES", "PRODUCT_CATALOG_SALES, OUTCOME_SALES", "LINK_CLICKS, OUTCOME_TRAFFIC" })
    void knows_the_outcome_of_every_retired_objective(String retired, String outcome) {
        assertThat(RetiredObjectives.outcome(retired)).isEqualTo(outcome);
        assertThat(RetiredObjectives.outcome(outcome)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "\"act_55\" | \"77\"", "\"55\" | 77", "55 | \"77\"" })
    void takes_the_account_and_the_page_in_the_words_of_its_apps(String account, String page) {
        var older = (ObjectNode) JSON.readTree(BODY);
        older.set("selectedAdAccountId", JSON.readTree(account));
        var body = with(older, "selectedPageId", page);

        var answer = json(post(api, "strategyForAll", body, null).expectStatus().isOk());

        assertThat(request(api).adAccountId()).isEqualTo("act_55");
        assertThat(request(api).pageId()).isEqualTo("77");
        assertThat(answer.has("objectiveGiven")).isFalse();
    }

    @Test
    void takes_a_null_for_a_field_that_is_left_out() {
        post(api, "strategyForAll", """
                {"campaignName":"Own","objective":"OUTCOME_SALES","duplicationSettings":{"adSetCount":0},
                 "selectedAdAccountId":null,"selectedPageId":null,"pageId":null,"pixelId":null,"userId":null,
                 "campaign":{"graphFields":{"daily_budget":null}},
                 "adSet":{"dailyBudget":null,"billingEvent":null,"graphFields":{"lifetime_budget":null}}}""", null)
                .expectStatus().isOk();

        assertThat(request(api).adAccountId()).isEqualTo("act_1001");
        assertThat(request(api).pageId()).isEqualTo("1000000001");
        assertThat(request(api).pixelId()).isEqualTo("2000000001");
        assertThat(request(api).adSet().dailyBudget()).isEqualTo(1500);
        assertThat(request(api).adSet().billingEvent()).isEqualTo("IMPRESSIONS");
        assertThat(request(api).campaign().graphFields()).isEmpty();
    }

    @Test
    void adds_no_budget_to_one_that_the_body_gives_elsewhere() {
        post(api, "strategyForAll", """
                {"campaignName":"Own","objective":"OUTCOME_SALES","duplicationSettings":{"adSetCount":0},
                 "campaign":{"graphFields":{"daily_budget":5000}}}""", null).expectStatus().isOk();

        assertThat(request(api).adSet().dailyBudget()).isNull();
        assertThat(request(api).adSetCount()).isEqualTo(1);
    }

    @Test
    void takes_the_same_request_with_the_same_key_as_one_launch_and_without_one_as_two() {
        var first = json(post(api, "strategyForAll", BODY, "k").expectStatus().isOk());
        onceTaken(job -> job);
        assertThat(json(post(api, "strategyForAll", BODY, "k").expectStatus().isOk())).isEqualTo(first);
        assertThat(api.taken).hasSize(1);
        post(api, "strategyForAll", BODY.replace("Autumn", "Winter"), "k").expectStatus().isEqualTo(409);

        onceTaken(job -> job.preVerified().createdAll().verified());
        post(api, "strategyForAll", BODY, null).expectStatus().isOk();
        post(api, "strategyForAll", BODY, null).expectStatus().isOk();
        assertThat(api.taken).extracting(HttpApi.Taken::jobId).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void tells_a_refusal_with_every_reason_and_every_check() {
        onceTaken(ScriptedJob::refusedBecauseSuspended);

        var answer = json(post(api, "strategyForAll", BODY, null).expectStatus().isBadRequest()
                .expectHeader().contentType(MediaType.APPLICATION_JSON));

        assertThat(answer.path("success").booleanValue()).isFalse();
        assertThat(answer.path("error").stringValue()).isEqualTo("Pre-creation verification failed");
        assertThat(answer.path("reasons")).hasToString("[\"the account is disabled\"]");
        assertThat(answer.path("details").path("account_active"))
                .hasToString("{\"outcome\":\"FAILED\",\"detail\":\"the account is disabled\"}");
        assertThat(answer.path("details").path("campaign_name_free").path("outcome").stringValue()).isEqualTo("WARNED");
    }

    @Test
    void tells_what_became_of_a_launch_that_was_rolled_back() {
        onceTaken(job -> job.preVerified().suspendedHalfWay().deletedAll());

        var answer = json(post(api, "strategyForAll", BODY, null).expectStatus().isEqualTo(502));

        assertThat(answer.path("success").booleanValue()).isFalse();
        assertThat(answer.path("error").stringValue()).isEqualTo("The launch was rolled back");
        assertThat(answer.path("reasons").get(0).stringValue()).contains("the account is suspended");
        assertThat(answer.path("created")).hasToString("{\"adSets\":0,\"ads\":0}");
        assertThat(answer.path("adIds")).isEmpty();
        assertThat(answer.path("campaignId").isNull()).isTrue();
    }

    @Test
    void says_where_to_ask_when_the_launch_takes_longer_than_the_caller_waits() {
        var body = with(full(), "duplicationSettings", "{\"adSetCount\":1}");
        onceTaken(job -> job.preVerified());

        var response = post(bare, "strategyForAll", body, null).expectStatus().isAccepted();

        var answer = json(response);
        assertThat(answer.path("status").stringValue()).isEqualTo("in_progress");
        assertThat(answer.path("message").stringValue()).isNotBlank();
        assertThat(answer.has("success")).isFalse();
        response.expectHeader().location("/v1/jobs/" + answer.path("jobId").stringValue());
    }

    @Test
    void tells_a_launch_of_which_nothing_was_heard_yet_as_pending() {
        bare.onceTaken = _ -> {};
        post(bare, "strategyForAds", with(full(), "adCount", "2"), null).expectStatus().isAccepted().expectBody()
                .jsonPath("$.status").isEqualTo("pending");
    }

    @Test
    void names_each_field_that_neither_the_body_nor_a_setting_gives() {
        var errors = json(post(bare, "strategyForAll", BODY, null).expectStatus().isBadRequest()).path("errors");

        assertThat(errors.valueStream().map(error -> error.path("field").stringValue())).containsExactly("userId",
                "adAccountId", "credentialId", "adSet.dailyBudget", "adSet.billingEvent", "adSet.optimizationGoal",
                "adSet.targeting",
                "ad.creative", "campaign.graphFields.daily_budget");
        assertThat(errors.get(1).path("message").stringValue()).contains("launch.older-routes.ad-account-id");
        assertThat(errors.get(7).path("message").stringValue()).contains("launch.older-routes.creative");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":{\"adSetCount\":3}} | campaignName",
        "{\"campaignName\":\"\",\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":{\"adSetCount\":3}} | campaignName",
        "{\"campaignName\":5,\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":{\"adSetCount\":3}} | campaignName",
        "{\"campaignName\":\"n\",\"campaign\":{\"name\":\"n\"},\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":{\"adSetCount\":3}} | campaignName",
        "{\"campaignName\":\"n\",\"objective\":\"SELL\",\"duplicationSettings\":{\"adSetCount\":3}} | objective",
        "{\"campaignName\":\"n\",\"duplicationSettings\":{\"adSetCount\":3}} | objective",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\",\"selectedAdAccountId\":\"act_1\",\"adAccountId\":\"act_1\",\"duplicationSettings\":{\"adSetCount\":3}} | selectedAdAccountId",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\",\"selectedAdAccountId\":\"my account\",\"duplicationSettings\":{\"adSetCount\":3}} | selectedAdAccountId",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\",\"selectedPageId\":{},\"duplicationSettings\":{\"adSetCount\":3}} | selectedPageId",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\"} | duplicationSettings.adSetCount",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":5} | duplicationSettings",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":{}} | duplicationSettings.adSetCount",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":{\"adSetCount\":\"3\"}} | duplicationSettings.adSetCount",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":{\"adSetCount\":-1}} | duplicationSettings.adSetCount",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":{\"adSetCount\":200}} | duplicationSettings.adSetCount",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":{\"adSetCount\":2147483647}} | duplicationSettings.adSetCount",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":{\"adSetCount\":3,\"more\":1}} | duplicationSettings.more",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":{\"adSetCount\":3},\"adSetCount\":4} | duplicationSettings.adSetCount",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":{\"adSetCount\":3},\"strategy\":\"FOR_ADS\"} | strategy",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":{\"adSetCount\":3},\"budget\":1} | budget",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":{\"adSetCount\":3},\"campaign\":7} | campaign",
        "{\"campaignName\":\"n\",\"objective\":\"OUTCOME_SALES\",\"duplicationSettings\":{\"adSetCount\":3},\"credentialId\":\"none\"} | credentialId" })
    void says_what_is_wrong_in_the_callers_words(String body, String field) {
        var answer = json(post(api, "strategyForAll", body, null).expectStatus().isBadRequest()
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON));
        assertThat(answer.path("errors").valueStream().map(error -> error.path("field").stringValue()))
                .as(answer::toPrettyString).contains(field).doesNotHaveDuplicates();
        assertThat(api.taken).isEmpty();
    }

    @Test
    void counts_the_ads_for_ads_in_the_callers_words_too() {
        post(api, "strategyForAds", BODY.replace("3", "51"), null).expectStatus().isBadRequest().expectBody()
                .jsonPath("$.errors.length()").isEqualTo(1)
                .jsonPath("$.errors[0].field").isEqualTo("duplicationSettings.adSetCount");
    }

    /** What the job service does with a command: the job goes as far as the script says, at once. */
    private static void onceTaken(UnaryOperator<ScriptedJob> script) {
        for (var each : List.of(api, bare)) {
            each.onceTaken = request -> each.readModel.store(List.of(script.apply(
                    ScriptedJob.accepted(request, HttpApi.NOW))));
        }
    }

    private static LaunchRequest request(HttpApi each) {
        return each.taken.getLast().request();
    }

    /** Needs no defaults. */
    private static ObjectNode full() {
        return (ObjectNode) JSON.readTree(
                """
                        {"campaignName":"n","objective":"OUTCOME_SALES","userId":"u","adAccountId":"act_1",
                         "credentialId":"default","adSet":{"dailyBudget":5,"billingEvent":"b","optimizationGoal":"o","targeting":{"a":1}},
                         "ad":{"creative":{"b":2}}}""");
    }

    private static String with(ObjectNode body, String field, String value) {
        return body.<ObjectNode>set(field, JSON.readTree(value)).toString();
    }

    private static ResponseSpec post(HttpApi each, String route, String body, @Nullable String key) {
        var request = each.client.post().uri("/api/" + route + "/create").contentType(MediaType.APPLICATION_JSON);
        return (key == null ? request : request.header("Idempotency-Key", key)).bodyValue(body).exchange();
    }

    private static JsonNode json(ResponseSpec response) {
        return JSON.readTree(response.expectBody(String.class).returnResult().getResponseBody());
    }
}
