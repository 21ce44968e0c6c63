package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.NewCredential;
import io.campaignlauncher.readmodel.ScriptedJob;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.JobIds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class JobIntakeIT {

    private static final String BODY = """
            {"userId":"u-1","adAccountId":"act_1001","credentialId":"default","strategy":"ONE_FIFTY_ONE",
             "adSetCount":50,"adCount":50,"pageId":"1000000001","pixelId":"2000000001",
             "campaign":{"name":"Summer sale","objective":"OUTCOME_SALES","specialAdCategories":[]},
             "adSet":{"dailyBudget":2000,"billingEvent":"IMPRESSIONS","optimizationGoal":"OFFSITE_CONVERSIONS",
                      "targeting":{"geo_locations":{"countries":["US"]},"age_min":18}},
             "ad":{"creative":{"object_story_spec":{"page_id":"1000000001","link_data":{"link":"https://example.com"}}}},
             "retryBudget":5,"rollbackPolicy":"AUTOMATIC","duplicateName":"REJECT","notify":{"webhook":"https://example.com/hook"}}""";
    private static final JsonMapper JSON = JsonMapper.shared();

    private static HttpApi api;

    @BeforeAll
    static void start() {
        api = new HttpApi("job_intake", new HttpSettings(1 << 20, 1 << 19, Duration.ofMillis(300), 8, 1000, 50, 500));
    }

    @BeforeEach
    void clear() {
        api.forget();
        api.publication = Mono.empty();
        api.deciding = CompletableFuture.completedFuture(null);
        intake(true);
        api.ready = Mono.empty();
    }

    @Test
    void takes_a_good_request_once_its_job_is_durable() {
        var jobId = JobIds.of("u-1", "key-1");
        post(BODY, "key-1").expectStatus().isAccepted()
                .expectHeader().valueEquals("Location", "/v1/jobs/" + jobId)
                .expectHeader().contentType(MediaType.APPLICATION_JSON)
                .expectBody().json("{\"jobId\":\"" + jobId + "\",\"status\":\"pending\"}");

        assertThat(api.taken).singleElement().satisfies(taken -> {
            assertThat(taken.jobId()).isEqualTo(jobId);
            assertThat(taken.request().idempotencyKey()).isEqualTo("key-1");
            assertThat(taken.origin().correlationId()).isEqualTo(jobId.toString());
        });
        assertThat(command(0).getAdSetCount()).isEqualTo(50);
        assertThat(command(0).getWebhook()).isEqualTo("https://example.com/hook");
        assertThat(command(0).getAdSet().getTargeting())
                .isEqualTo("{\"age_min\":18,\"geo_locations\":{\"countries\":[\"US\"]}}");
        assertThat(api.published).isEmpty();
        assertThat(noted()).isZero();
    }

    @Test
    void says_so_when_a_job_cannot_be_decided_and_decides_it_when_asked_again() {
        api.deciding = CompletableFuture.failedFuture(new IllegalStateException("no database"));
        problem(post(BODY, "key-1"), 503, "Not possible at the moment");
        api.deciding = new CompletableFuture<>();
        problem(post(BODY, "key-1"), 503, "Not possible at the moment");
        api.deciding = CompletableFuture.completedFuture(null);

        post(BODY, "key-1").expectStatus().isAccepted();

        assertThat(api.taken).hasSize(1);
        assertThat(noted()).isZero();
    }

    @Test
    void a_request_waits_on_its_topic_while_the_intake_is_off() {
        intake(false);
        var jobId = JobIds.of("u-1", "key-1");

        post(BODY, "key-1").expectStatus().isAccepted()
                .expectBody().json("{\"jobId\":\"" + jobId + "\",\"status\":\"pending\"}");
        post(BODY, "key-1").expectStatus().isAccepted();
        problem(post(BODY.replace("Summer", "Winter"), "key-1"), 409, "The key was used for another request");

        assertThat(api.taken).isEmpty();
        assertThat(api.published).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("campaign.commands");
            assertThat(record.key()).isEqualTo(jobId.toString());
        });
        api.client.get().uri("/v1/jobs/" + jobId).exchange().expectStatus().isOk().expectBody()
                .jsonPath("$.status").isEqualTo("pending")
                .jsonPath("$.requested.adSets").isEqualTo(50)
                .jsonPath("$.userId").isEqualTo("u-1");
    }

    @Test
    void nothing_is_noted_of_a_request_that_kafka_does_not_take() {
        intake(false);
        api.publication = Mono.error(new IllegalStateException("no broker"));
        problem(post(BODY, "key-1"), 503, "Not possible at the moment");
        api.publication = Mono.never();
        problem(post(BODY, "key-1"), 503, "Not possible at the moment");
        assertThat(noted()).isZero();
        api.publication = Mono.empty();

        post(BODY, "key-1").expectStatus().isAccepted();
        post(BODY, "key-1").expectStatus().isAccepted();

        assertThat(api.published).hasSize(3);
        assertThat(noted()).isOne();
    }

    /** Earlier versions noted requests first and published them then. */
    @Test
    void a_request_that_was_noted_and_never_published_is_taken_when_it_is_sent_again() {
        intake(false);
        post(BODY, "key-1").expectStatus().isAccepted();
        new JdbcTemplate(api.dataSource).execute("update idempotency_keys set published_at = null");

        post(BODY, "key-1").expectStatus().isAccepted();
        post(BODY, "key-1").expectStatus().isAccepted();

        assertThat(api.published).hasSize(2);
    }

    @Test
    void a_request_that_waits_is_decided_where_it_is_sent_again_once_the_intake_is_on() {
        intake(false);
        post(BODY, "key-1").expectStatus().isAccepted();
        intake(true);

        post(BODY, "key-1").expectStatus().isAccepted();
        post(BODY, "key-1").expectStatus().isAccepted();

        assertThat(api.taken).hasSize(1);
        assertThat(api.published).hasSize(1);
    }

    private static void intake(boolean on) {
        api.switches.turn(KillSwitch.INTAKE, on, null).block();
    }

    private static int noted() {
        return Objects.requireNonNull(
                new JdbcTemplate(api.dataSource).queryForObject("select count(*) from idempotency_keys",
                        Integer.class));
    }

    @Test
    void asks_for_the_request_later_while_its_key_opens_no_credential() {
        api.credentials.unreadable = true;
        problem(post(BODY, "key-1"), 503, "Not possible at the moment");
        assertThat(api.taken).isEmpty();

        api.credentials.unreadable = false;
        post(BODY, "key-1").expectStatus().isAccepted();
    }

    @Test
    void refuses_an_ad_account_that_the_credential_may_not_be_used_for() {
        var name = CredentialName.local("default");
        api.credentials.store(new NewCredential(name, "token", "ann", "ann", Set.of("act_7"), null, null)).block();
        post(BODY, "key-1").expectStatus().isBadRequest().expectBody()
                .jsonPath("$.errors[*].field").isEqualTo("adAccountId")
                .jsonPath("$.errors[*].message").isEqualTo("may not be used with this credential");
        assertThat(api.taken).isEmpty();

        api.credentials.store(new NewCredential(name, "token", "ann", "ann", Set.of("act_7", "act_1001"), null, null))
                .block();
        post(BODY, "key-1").expectStatus().isAccepted();
        api.credentials.store(name, "token").block();
    }

    @Test
    void goes_on_in_the_trace_of_the_caller_and_says_so() {
        var traceId = "0af7651916cd43dd8448eb211c80319c";
        var caller = "00-" + traceId + "-b7ad6b7169203331-01";

        var answer = traced("key-1", caller).expectStatus().isAccepted().expectBody().returnResult();

        var mine = answer.getResponseHeaders().getFirst("traceresponse");
        assertThat(mine).matches("00-" + traceId + "-[0-9a-f]{16}-01").isNotEqualTo(caller);
        assertThat(api.taken.getFirst().origin().traceparent()).isEqualTo(mine);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "EAAtoken0123456789", "00-00000000000000000000000000000000-b7ad6b7169203331-01" })
    void begins_a_trace_where_the_caller_has_none(String caller) {
        var answer = traced("key-1", caller).expectStatus().isAccepted().expectBody().returnResult();

        assertThat(answer.getResponseHeaders().getFirst("traceresponse"))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[02]").doesNotContain("0".repeat(16));
    }

    @Test
    void a_problem_says_in_which_trace_it_is_found() {
        var answer = post("{}", "key-1").expectStatus().isBadRequest().expectBody().returnResult();

        var traceId = JSON.readTree(answer.getResponseBody()).path("traceId").asString("");
        assertThat(traceId).hasSize(32);
        assertThat(answer.getResponseHeaders().getFirst("traceresponse")).contains(traceId);
    }

    private static ResponseSpec traced(String key, String traceparent) {
        return api.client.post().uri("/v1/jobs").contentType(MediaType.APPLICATION_JSON)
                .header("Idempotency-Key", key).header("traceparent", traceparent).bodyValue(BODY).exchange();
    }

    @Test
    void gives_a_repeated_request_the_same_answer_and_takes_it_no_second_time() {
        var first = post(BODY, "key-1").expectStatus().isAccepted().expectBody(String.class).returnResult();
        var second = post(reordered(), "key-1").expectStatus().isAccepted().expectBody(String.class).returnResult();
        assertThat(second.getResponseBody()).isEqualTo(first.getResponseBody());
        assertThat(second.getResponseHeaders().getLocation()).isEqualTo(first.getResponseHeaders().getLocation());
        assertThat(api.taken).hasSize(1);
    }

    @Test
    void tells_who_repeats_a_request_where_its_job_stands() {
        post(BODY, "key-repeated").expectStatus().isAccepted();
        var request = LaunchRequests.canonical(LaunchRequests.fromAvro(command(0)));
        api.readModel.store(ScriptedJob.accepted(request, HttpApi.NOW).completed());

        post(BODY, "key-repeated").expectStatus().isAccepted().expectBody().jsonPath("$.status").isEqualTo("completed");
    }

    @Test
    void takes_defaults_that_are_left_out_and_numbers_written_otherwise_for_the_same_request() {
        post(BODY, "key-1").expectStatus().isAccepted();
        post(BODY.replace("\"retryBudget\":5,\"rollbackPolicy\":\"AUTOMATIC\",\"duplicateName\":\"REJECT\",", "")
                .replace("\"adSetCount\":50,\"adCount\":50,", ""), "key-1").expectStatus().isAccepted();
        post(BODY.replace("\"dailyBudget\":2000", "\"dailyBudget\":2000.0"), "key-1").expectStatus().isAccepted();
        post(BODY.replace("\"dailyBudget\":2000", "\"dailyBudget\":2e3"), "key-1").expectStatus().isAccepted();
        post(BODY.replace("\"adSetCount\":50", "\"adSetCount\":5.0e1"), "key-1").expectStatus().isAccepted();
        assertThat(api.taken).hasSize(1);

        post(BODY.replace("\"dailyBudget\":2000", "\"dailyBudget\":2000.5"), "key-1").expectStatus().isBadRequest()
                .expectBody().jsonPath("$.errors[0].field").isEqualTo("adSet.dailyBudget");
        post(BODY.replace("\"dailyBudget\":2000", "\"dailyBudget\":9223372036854775808.0"), "key-1").expectStatus()
                .isBadRequest();
    }

    @Test
    void refuses_another_body_under_the_same_key() {
        post(BODY, "key-1").expectStatus().isAccepted();
        problem(post(BODY.replace("Summer", "Winter"), "key-1"), 409, "The key was used for another request");
        problem(post(BODY.replace("\"age_min\":18", "\"age_min\":19"), "key-1"), 409,
                "The key was used for another request");
        assertThat(api.taken).hasSize(1);
    }

    @Test
    void refuses_a_number_that_nothing_can_hold_and_names_its_field() {
        var fields = Map.of("adSet.targeting", BODY.replace("\"age_min\":18", "\"age_min\":1e9999999999"),
                "adSetCount", BODY.replace("\"adSetCount\":50", "\"adSetCount\":5e9999999999"),
                "campaign.graphFields.daily_budget", BODY.replace("\"campaign\":{",
                        "\"campaign\":{\"graphFields\":{\"daily_budget\":[-1E-9999999999]},"));
        fields.forEach((field, body) -> {
            assertThat(body).isNotEqualTo(BODY);
            post(body, "key-1").expectStatus().isBadRequest()
                    .expectBody().jsonPath("$.errors[0].field").isEqualTo(field)
                    .jsonPath("$.errors[0].message").value(message -> assertThat((String) message)
                            .contains("may hold no number"));
        });
        assertThat(api.taken).isEmpty();
    }

    @Test
    void takes_the_same_body_under_another_key_as_another_job() {
        post(BODY, "key-1").expectStatus().isAccepted();
        post(BODY, "key-2").expectStatus().isAccepted();
        assertThat(api.taken).extracting(HttpApi.Taken::jobId).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void passes_a_priority_on_and_takes_5_where_none_is_given() {
        post(BODY, "key-1").expectStatus().isAccepted();
        post(BODY.replace("\"retryBudget\"", "\"priority\":9,\"retryBudget\""), "key-2").expectStatus().isAccepted();
        post(BODY.replace("\"retryBudget\"", "\"priority\":0,\"retryBudget\""), "key-3").expectStatus().isAccepted();

        assertThat(List.of(command(0), command(1), command(2))).extracting(CreateCampaign::getPriority)
                .containsExactly(5, 9, 0);
    }

    @Test
    void knows_a_job_again_while_the_intake_is_off() {
        var request = LaunchRequests.canonical(LaunchRequests.fromAvro(commandOf(BODY, "key-k")));
        var job = ScriptedJob.accepted(request, HttpApi.NOW);
        api.readModel.apply(job);
        intake(false);
        post(BODY, "key-k").expectStatus().isAccepted();
        problem(post(BODY.replace("Summer", "Winter"), "key-k"), 409, "The key was used for another request");
        assertThat(api.published).isEmpty();
    }

    @Test
    void both_ways_in_take_the_same_fingerprint_of_a_request() {
        var spaced = commandOf(BODY, "key-1");
        var asPublishedByAnApp = CreateCampaign.newBuilder(spaced)
                .setAdSet(io.campaignlauncher.schemas.AdSetSpec.newBuilder(spaced.getAdSet())
                        .setTargeting("{ \"geo_locations\" : { \"countries\" : [ \"US\" ] }, \"age_min\" : 18 }")
                        .build())
                .build();
        assertThat(RequestFingerprint.of(LaunchRequests.fromCommand(asPublishedByAnApp)))
                .isEqualTo(RequestFingerprint.of(LaunchRequests.fromAvro(spaced)))
                .hasSize(64);
    }

    @Test
    void holds_a_request_back_until_the_credentials_were_read() {
        var read = Sinks.<Void>empty();
        api.credentials.remove(CredentialName.local("default")).block();
        api.ready = read.asMono().doOnSubscribe(_ -> {
            api.credentials.store(CredentialName.local("default"), "token").subscribe();
            read.tryEmitEmpty();
        });
        post(BODY, "key-1").expectStatus().isAccepted();
    }

    @Test
    void says_so_where_they_are_not_read_in_time() {
        api.ready = Mono.never();
        problem(post(BODY, "key-1"), 503, "Not possible at the moment");
        assertThat(api.taken).isEmpty();
    }

    /** In UTF-8 half a character is a question mark: two texts would be one, and two users one job. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "userId | 'uHALF'", "campaign.name | 'Case HALF'",
        "ad.creative | {'message':'50 HALF off'}", "adSet.targeting | {'a':['HALF']}",
        "campaign.graphFields.promoted_object | {'page_id':'HALF'}",
        "campaign.specialAdCategories | ['HALF']" }, quoteCharacter = '`')
    void refuses_half_a_character_instead_of_taking_it_for_a_question_mark(String field, String json) {
        var body = with(field, json.replace('\'', '"'));

        for (var half : List.of("\\ud83d", "\\udc00", "\\udc00\\ud83d")) {
            post(body.replace("HALF", half), "key-1").expectStatus().isBadRequest().expectBody()
                    .jsonPath("$.errors[0].field").isEqualTo(field)
                    .jsonPath("$.errors.length()").isEqualTo(1);
        }
        assertThat(api.taken).isEmpty();
        if (!field.endsWith("Categories")) {
            post(body.replace("HALF", "\\ud83d\\udc00"), "key-1").expectStatus().isAccepted();
        }
    }

    @Test
    void takes_blanks_around_a_name_for_none_as_facebook_does() {
        post(with("campaign.name", "\"\\u00a0 Fern sale\\u3000 \""), "key-1").expectStatus().isAccepted();
        post(with("campaign.name", "\"Fern sale\""), "key-1").expectStatus().isAccepted();
        post(with("campaign.name", "\"Fern  sale\""), "key-1").expectStatus().isEqualTo(409);

        assertThat(command(0).getCampaign().getName()).isEqualTo("Fern sale");
        assertThat(api.taken).hasSize(1);
    }

    @Test
    void refuses_what_a_batch_would_read_as_a_reference() {
        post(with("ad.creative",
                "{\"object_story_spec\":{\"link_data\":{\"message\":\"Save {result=adset:$.id} now\"}}}"),
                "key-1").expectStatus().isBadRequest().expectBody()
                .jsonPath("$.errors[0].field").isEqualTo("ad.creative");
        assertThat(api.taken).isEmpty();
    }

    @Test
    void takes_a_further_field_that_is_null_for_one_that_is_left_out() {
        post(BODY, "key-1").expectStatus().isAccepted();
        var nulls = with("campaign.graphFields", "{\"daily_budget\":null}");
        post(nulls, "key-1").expectStatus().isAccepted();
        post(with("adSet.graphFields", "{\"bid_amount\":null,\"promoted_object\":null}"), "key-1").expectStatus()
                .isAccepted();
        post(with("ad.graphFields", "{\"tracking_specs\":null}"), "key-1").expectStatus().isAccepted();

        assertThat(api.taken).hasSize(1);
        post(nulls, "key-2").expectStatus().isAccepted();
        assertThat(command(1).getCampaign().getGraphFields()).isEmpty();
    }

    @Test
    void names_both_fields_where_there_are_two_budgets_or_none() {
        post(with("campaign.graphFields", "{\"daily_budget\":5000}"), "key-1").expectStatus().isBadRequest()
                .expectBody()
                .jsonPath("$.errors[*].field").value(fields -> assertThat(fields).asInstanceOf(LIST)
                        .containsExactlyInAnyOrder("campaign.graphFields.daily_budget", "adSet.dailyBudget"));
        post(with("adSet.dailyBudget", "null"), "key-1").expectStatus().isBadRequest().expectBody()
                .jsonPath("$.errors[*].field").value(fields -> assertThat(fields).asInstanceOf(LIST)
                        .containsExactlyInAnyOrder("campaign.graphFields.daily_budget", "adSet.dailyBudget"));
        assertThat(api.taken).isEmpty();
    }

    @Test
    void needs_an_idempotency_key() {
        api.client.post().uri("/v1/jobs").contentType(MediaType.APPLICATION_JSON).bodyValue(BODY).exchange()
                .expectStatus().isBadRequest().expectBody()
                .jsonPath("$.errors[0].field").isEqualTo("Idempotency-Key")
                .jsonPath("$.errors[0].message").isEqualTo("is needed");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(Arguments.of("adSetCount", "0"), Arguments.of("adSetCount", "-1"),
                Arguments.of("adSetCount", "201"),
                Arguments.of("adSetCount", "\"50\""), Arguments.of("adSetCount", "1.5"),
                Arguments.of("adSetCount", "99999999999"),
                Arguments.of("adCount", "7"), Arguments.of("strategy", "\"FOR_NOTHING\""),
                Arguments.of("strategy", "\"UNKNOWN\""),
                Arguments.of("strategy", "7"), Arguments.of("strategy", "null"),
                Arguments.of("adAccountId", "\"1001\""),
                Arguments.of("adAccountId", "\"act_x\""), Arguments.of("credentialId", "\"nobody\""),
                Arguments.of("credentialId", "null"), Arguments.of("userId", "null"), Arguments.of("userId", "true"),
                Arguments.of("userId", '"' + "u".repeat(201) + '"'),
                Arguments.of("campaign.name", '"' + "n".repeat(401) + '"'),
                Arguments.of("campaign.name", "\"\""), Arguments.of("campaign.objective", "\"MONEY\""),
                Arguments.of("campaign.specialAdCategories", "\"HOUSING\""),
                Arguments.of("campaign.specialAdCategories", "[1]"),
                Arguments.of("campaign", "[]"), Arguments.of("adSet.dailyBudget", "0"),
                Arguments.of("adSet.dailyBudget", "\"x\""),
                Arguments.of("adSet.billingEvent", "null"), Arguments.of("adSet.targeting", "\"US\""),
                Arguments.of("adSet.targeting", "{}"), Arguments.of("ad.creative", "[]"),
                Arguments.of("ad.creative", "null"),
                Arguments.of("retryBudget", "-1"), Arguments.of("retryBudget", "101"),
                Arguments.of("rollbackPolicy", "\"NEVER\""),
                Arguments.of("duplicateName", "\"MAYBE\""), Arguments.of("notify.webhook", "\"http://example.com\""),
                Arguments.of("notify.webhook", "\"https://user:password@example.com\""),
                Arguments.of("notify.webhook", "\"https://169.254.169.254/latest\""),
                Arguments.of("notify.webhook", "\"https://[::ffff:10.0.0.1]/\""),
                Arguments.of("notify.webhook", "\"https://2130706433/\""),
                Arguments.of("notify.webhook", "\"https://example.com/" + "x".repeat(2000) + "\""),
                Arguments.of("pageId", "\"page\""), Arguments.of("pageId", "1000000001"),
                Arguments.of("priority", "10"), Arguments.of("priority", "-1"), Arguments.of("priority", "\"9\""),
                Arguments.of("unheardOf", "1"), Arguments.of("campaign.unheardOf", "1"),
                Arguments.of("adSet.unheardOf", "{}"),
                Arguments.of("ad.unheardOf", "1"), Arguments.of("notify.unheardOf", "1"),
                Arguments.of("campaign.graphFields.access_token", "1"),
                Arguments.of("adSet.graphFields.batch", "[]"), Arguments.of("adSet.graphFields", "1"),
                Arguments.of("ad.graphFields", "[]"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void names_the_field_with_a_mistake(String field, String value) {
        post(with(field, value), "key-1").expectStatus().isBadRequest()
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.title").isEqualTo("The request breaks rules")
                .jsonPath("$.status").isEqualTo(400)
                .jsonPath("$.errors[?(@.field == '" + field + "')]").isNotEmpty();
        assertThat(api.taken).isEmpty();
        assertThat(noted()).isZero();
    }

    @Test
    void more_than_fifty_ads_do_not_fit_in_one_ad_set() {
        var forAds = with("strategy", "\"FOR_ADS\"").replace("\"adSetCount\":50,", "");
        post(forAds, "key-1").expectStatus().isAccepted();
        post(forAds.replace("\"adCount\":50", "\"adCount\":51"), "key-2").expectStatus().isBadRequest().expectBody()
                .jsonPath("$.errors[0].field").isEqualTo("adCount")
                .jsonPath("$.errors.length()").isEqualTo(1);
    }

    @Test
    void finds_all_mistakes_at_once() {
        post("{\"adSetCount\":\"many\",\"surprise\":1,\"strategy\":\"ONE_FIFTY_ONE\"}", "key-1").expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[*].field").value(fields -> assertThat((List<?>) fields).asInstanceOf(
                        org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
                        .contains("adSetCount", "surprise", "userId", "adAccountId", "credentialId", "campaign.name",
                                "campaign.objective", "adSet.billingEvent", "adSet.optimizationGoal", "adSet.targeting",
                                "ad.creative")
                        .doesNotHaveDuplicates());
    }

    @Test
    void says_where_the_body_is_no_json_without_repeating_it() {
        post("{\"userId\":\n EAABsecret}", "key-1").expectStatus().isBadRequest().expectBody()
                .jsonPath("$.title").isEqualTo("The body is no JSON object")
                .jsonPath("$.detail")
                .value(detail -> assertThat((String) detail).contains("line 2").doesNotContain("EAAB"));
        post("[]", "key-1").expectStatus().isBadRequest();
        post("", "key-1").expectStatus().isBadRequest();
        post("{\"userId\":\"a\",\"userId\":\"b\"}", "key-1").expectStatus().isBadRequest();
        post(BODY + "{}", "key-1").expectStatus().isBadRequest();
        post("{\"adSet\":" + "[".repeat(5000), "key-1").expectStatus().isBadRequest();
    }

    @Test
    void bounds_the_body_and_the_command() {
        var big = "x".repeat(1 << 20);
        problem(post(BODY.replace("\"age_min\":18", "\"a\":\"" + big + "\""), "key-1"), 413,
                "The request is too large");
        var many = Stream.of("bid_strategy", "buying_type", "pacing_type", "smart_promotion_type", "start_time",
                "stop_time", "promoted_object", "topline_id")
                .map(name -> "\"" + name + "\":\"" + "x".repeat(90_000) + "\"")
                .collect(Collectors.joining(","));
        var graphFields = "\"graphFields\":{" + many + "},\"name\"";
        problem(post(BODY.replace("\"name\"", graphFields), "key-1"), 413, "The request is too large");
        assertThat(api.taken).isEmpty();
    }

    @Test
    void understands_a_key_in_quotes_as_the_same_key() {
        var plain = post(BODY, "spring-1").expectStatus().isAccepted().expectBody(String.class).returnResult();
        var quoted = post(BODY, "\"spring-1\"").expectStatus().isAccepted().expectBody(String.class).returnResult();

        assertThat(quoted.getResponseBody()).isEqualTo(plain.getResponseBody())
                .contains(JobIds.of("u-1", "spring-1").toString());
        assertThat(api.taken).hasSize(1);
        post(BODY, "\"a\\\"b\\\\c\"").expectStatus().isAccepted()
                .expectHeader().valueEquals("Location", "/v1/jobs/" + JobIds.of("u-1", "a\"b\\c"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "cl\u00c3\u00a9-1", "cl\u00e9-1", "a b", "\"a b\"", "\"a", "\"a\"b", "\"a\\b\"",
        "\"a\";x=1", "\"\"", "\"" })
    void refuses_a_key_of_other_characters_or_in_broken_quotes(String key) {
        post(BODY, key).expectStatus().isBadRequest().expectBody()
                .jsonPath("$.errors.length()").isEqualTo(1)
                .jsonPath("$.errors[0].field").isEqualTo("Idempotency-Key");
        assertThat(api.taken).isEmpty();
    }

    @Test
    void keeps_further_graph_fields_and_numbers_as_they_were() {
        post(BODY.replace("\"name\"",
                "\"graphFields\":{\"spend_cap\":1.10,\"promoted_object\":{\"b\":1,\"a\":12345678901234567890}},\"name\""),
                "key-1")
                .expectStatus().isAccepted();
        assertThat(command(0).getCampaign().getGraphFields()).containsEntry("spend_cap", "1.10")
                .containsEntry("promoted_object", "{\"a\":12345678901234567890,\"b\":1}");
    }

    private static ResponseSpec post(String body, String key) {
        return api.client.post().uri("/v1/jobs").header("Idempotency-Key", key).contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body).exchange();
    }

    private static void problem(ResponseSpec answer, int status, String title) {
        answer.expectStatus().isEqualTo(status).expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.title").isEqualTo(title)
                .jsonPath("$.status").isEqualTo(status)
                .jsonPath("$.detail").isNotEmpty()
                .jsonPath("$.errors").isArray();
    }

    private static CreateCampaign command(int index) {
        return LaunchRequests.toAvro(api.taken.get(index).request());
    }

    private static CreateCampaign commandOf(String body, String key) {
        post(body, key).expectStatus().isAccepted();
        var command = command(api.taken.size() - 1);
        api.forget();
        return command;
    }

    /** The body with one field changed. */
    private static String with(String path, String value) {
        var body = (ObjectNode) JSON.readTree(BODY);
        var names = path.split("\\.");
        var parent = body;
        for (int i = 0; i < names.length - 1; i++) {
            parent = parent.withObjectProperty(names[i]);
        }
        parent.set(names[names.length - 1], JSON.readTree(value));
        return body.toString();
    }

    private static String reordered() {
        var body = (ObjectNode) JSON.readTree(BODY);
        var name = body.remove("campaign");
        var targeting = ((ObjectNode) body.get("adSet").get("targeting"));
        targeting.set("geo_locations", targeting.remove("geo_locations"));
        body.set("campaign", name);
        return body.toPrettyString();
    }
}
