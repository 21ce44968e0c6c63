package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.JobCommand.CancelJob;
import io.campaignlauncher.job.model.JobCommand.DecideRollback;
import io.campaignlauncher.job.model.JobCommand.RescheduleLaunch;
import io.campaignlauncher.job.model.Refusal;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.readmodel.ScriptedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

class JobReadsIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private static HttpApi api;
    private static ScriptedJob completed;
    private static ScriptedJob asking;

    @BeforeAll
    static void start() {
        api = new HttpApi("job_reads", new HttpSettings(1 << 20, 1 << 19, Duration.ofMillis(300), 8, 1000, 2, 10));
        completed = ScriptedJob.accepted("u1", "completed", 2, T0).completed();
        asking = ScriptedJob.accepted(ScriptedJob.request("u2", "asking", 2, RollbackPolicy.CONFIRM), T0).preVerified();
        asking.suspendedHalfWay();
        api.readModel.store(List.of(completed, asking));
        api.readModel.apply(completed, asking, ScriptedJob.accepted("u2", "other", 1, T0));
    }

    @BeforeEach
    void clear() {
        api.decided.clear();
        api.decision = CompletableFuture.completedFuture(Decision.accept());
    }

    @Test
    void shows_a_job_with_exactly_the_fields_of_the_contract() {
        var body = get("/v1/jobs/" + completed.jobId()).expectStatus().isOk().expectBody(String.class).returnResult()
                .getResponseBody();
        var json = JsonMapper.shared().readTree(body);
        assertThat(json.propertyNames()).containsExactlyInAnyOrder("jobId", "number", "status", "userId", "adAccountId",
                "campaignName", "strategy", "requested", "created", "verified", "retryCount", "retryBudget",
                "lastError",
                "errorHistory", "rollback", "cancelled", "startAt", "timeZone", "facebookCampaignId", "createdAt",
                "startedAt", "completedAt",
                "version");
        assertThat(json.get("rollback").propertyNames()).containsExactlyInAnyOrder("triggered", "reason", "at",
                "policy",
                "awaitingConfirmation");
        assertThat(json.get("status").stringValue()).isEqualTo("completed");
        assertThat(json.get("requested").toString()).isEqualTo("{\"adSets\":2,\"ads\":2}");
        assertThat(json.get("created").toString()).isEqualTo("{\"adSets\":2,\"ads\":2}");
        assertThat(json.get("createdAt").stringValue()).isEqualTo("2026-01-01T00:00:01Z");
        assertThat(json.get("verified").booleanValue()).isTrue();
        assertThat(json.get("number").isIntegralNumber()).isTrue();
        assertThat(json.get("version").intValue()).isEqualTo(8);
        assertThat(get("/v1/jobs/" + completed.jobId().toString().toUpperCase()).expectStatus().isOk()).isNotNull();
    }

    @Test
    void lists_slots_parents_first() {
        get("/v1/jobs/" + completed.jobId() + "/slots").expectStatus().isOk().expectBody()
                .jsonPath("$.length()").isEqualTo(5)
                .jsonPath("$[0].entityType").isEqualTo("campaign")
                .jsonPath("$[1].entityType").isEqualTo("ad_set")
                .jsonPath("$[4].entityType").isEqualTo("ad")
                .jsonPath("$[4].slotNumber").isEqualTo(2)
                .jsonPath("$[4].status").isEqualTo("created")
                .jsonPath("$[4].facebookId").isNotEmpty()
                .jsonPath("$[4].name").isEqualTo("Sale completed / ad 2")
                .jsonPath("$[4].retryCount").isEqualTo(0)
                .jsonPath("$[4].error").isEmpty();
    }

    @Test
    void tells_the_idempotency_status() {
        get("/v1/jobs/" + completed.jobId() + "/idempotency").expectStatus().isOk().expectBody()
                .json("""
                        {"requested":{"campaigns":1,"adSets":2,"ads":2},"tracked":{"campaigns":1,"adSets":2,"ads":2},
                         "facebook":{"campaigns":1,"adSets":2,"ads":2},"actual":{"campaigns":1,"adSets":2,"ads":2},
                         "remaining":{"campaigns":0,"adSets":0,"ads":0},"canCreateMore":false,"atLimit":true,"exceededLimit":false}""")
                .jsonPath("$.facebookLookedAt").isNotEmpty();
        get("/v1/jobs/" + asking.jobId() + "/idempotency").expectStatus().isOk().expectBody()
                .jsonPath("$.facebook").isEmpty()
                .jsonPath("$.actual.ads").isEqualTo(1)
                .jsonPath("$.remaining.ads").isEqualTo(1);
    }

    @Test
    void shows_both_verifications() {
        get("/v1/jobs/" + completed.jobId() + "/verification").expectStatus().isOk().expectBody()
                .jsonPath("$.preCreation[0].canProceed").isEqualTo(true)
                .jsonPath("$.preCreation[0].checks[0].name").isEqualTo("account_accessible")
                .jsonPath("$.postCreation.outcome").isEqualTo("PASSED")
                .jsonPath("$.postCreation.found.ads").isEqualTo(2);
    }

    @Test
    void previews_a_rollback_in_its_order_ads_first() {
        get("/v1/jobs/" + asking.jobId() + "/rollback").expectStatus().isOk().expectBody()
                .jsonPath("$.awaitingConfirmation").isEqualTo(true)
                .jsonPath("$.triggered").isEqualTo(false)
                .jsonPath("$.policy").isEqualTo("CONFIRM")
                .jsonPath("$.reason").isNotEmpty()
                .jsonPath("$.entities.length()").isEqualTo(4)
                .jsonPath("$.entities[0].entityType").isEqualTo("ad")
                .jsonPath("$.entities[1].entityType").isEqualTo("ad_set")
                .jsonPath("$.entities[3].entityType").isEqualTo("campaign")
                .jsonPath("$.entities[3].facebookId").isNotEmpty();
    }

    @Test
    void writes_fields_in_the_order_of_the_documentation() {
        assertThat(get("/v1/jobs/" + asking.jobId() + "/rollback").expectBody(String.class).returnResult()
                .getResponseBody())
                .containsPattern(
                        "\\{\"entityType\":\"ad\",\"slotNumber\":1,\"facebookId\":\"[^\"]+\",\"name\":\"[^\"]+\"}");
        assertThat(get("/v1/jobs/17").expectBody(String.class).returnResult().getResponseBody())
                .contains("\"errors\":[{\"field\":\"jobId\",\"message\":\"must be a UUID\"}]");
    }

    @Test
    void lists_jobs_page_by_page() {
        var first = JsonMapper.shared().readTree(
                get("/v1/jobs?userId=u2&limit=1").expectStatus().isOk().expectBody(String.class).returnResult()
                        .getResponseBody());
        assertThat(first.get("jobs")).hasSize(1);
        assertThat(first.get("jobs").get(0).has("errorHistory")).isFalse();
        get("/v1/jobs?userId=u2&after=" + first.get("next")).expectStatus().isOk().expectBody()
                .jsonPath("$.jobs.length()").isEqualTo(1)
                .jsonPath("$.jobs[0].campaignName").isEqualTo("Sale asking")
                .jsonPath("$.next").isEmpty();
        get("/v1/jobs?userId=u2&status=pending&limit=10").expectStatus().isOk().expectBody()
                .jsonPath("$.jobs.length()").isEqualTo(1)
                .jsonPath("$.jobs[0].campaignName").isEqualTo("Sale other");
        for (var query : new String[]{ "limit=0", "limit=11", "limit=x", "after=-1", "after=x", "before=-1", "before=x",
            "before=9223372036854775807", "before=7&after=9", "status=happy", "status=", "status=pending,",
            "status=pending&status=failed", "userId=", "name=%20", "name=%00", "credentialId=%00", "idempotencyKey=",
            "adAccountId=1001", "adAccountId=act_", "facebookId=x", "facebookId=", "errorCode=x", "errorCode=17/",
            "errorCode=99999999999", "from=yesterday", "from=2026-01-31", "to=%2B999999999-12-31T23:59:59Z",
            "to=2026-01-01T00:00:00Z&from=2026-01-01T00:00:00Z" }) {
            get("/v1/jobs?" + query).expectStatus().isBadRequest().expectBody()
                    .jsonPath("$.errors[0].field").isEqualTo(query.split("=")[0]);
        }
        get("/v1/jobs?status=happy&errorCode=x&from=x").expectStatus().isBadRequest().expectBody()
                .jsonPath("$.errors[*].field").isEqualTo(List.of("errorCode", "status", "from"));
    }

    @Test
    void lists_jobs_for_which_everything_holds_that_is_asked_for() {
        var job = ScriptedJob.accepted("u5", "found", 2, T0).preVerified();
        job.suspendedHalfWay();
        api.readModel.apply(job, ScriptedJob.accepted("u5", "founded", 2, T0.plusSeconds(60)));

        get("/v1/jobs?userId=u5&adAccountId=act_1001&name=sale%20FOUND&credentialId=default&limit=10").expectStatus()
                .isOk().expectBody().jsonPath("$.jobs[*].campaignName")
                .isEqualTo(List.of("Sale founded", "Sale found"));
        for (var query : List.of("errorCode=200", "errorCode=200/1487", "idempotencyKey=found",
                "to=2026-01-01T00:00:30Z", "status=failed,rolled_back,in_progress",
                "errorCode=200&status=in_progress&from=2026-01-01T02:00:00%2B02:00")) {
            get("/v1/jobs?userId=u5&" + query).expectStatus().isOk().expectBody()
                    .jsonPath("$.jobs[*].campaignName").isEqualTo(List.of("Sale found"));
        }
        for (var query : List.of("errorCode=200/1", "idempotencyKey=foun", "to=2026-01-01T00:00:00Z", "facebookId=1",
                "errorCode=200&idempotencyKey=founded")) {
            get("/v1/jobs?userId=u5&" + query).expectStatus().isOk().expectBody().jsonPath("$.jobs").isEmpty();
        }
    }

    @Test
    void knows_what_is_there_and_what_is_not() {
        for (var part : new String[]{ "", "/slots", "/idempotency", "/verification", "/rollback" }) {
            get("/v1/jobs/" + UUID.randomUUID() + part).expectStatus().isNotFound()
                    .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectBody().jsonPath("$.title").isEqualTo("No such job");
            get("/v1/jobs/17" + part).expectStatus().isBadRequest().expectBody()
                    .jsonPath("$.errors[0].field").isEqualTo("jobId");
        }
        get("/v1/nothing").expectStatus().isNotFound().expectBody().jsonPath("$.title").isEqualTo("No such address");
    }

    @Test
    void shows_a_job_that_was_taken_but_is_not_in_the_tables_yet() {
        var jobId = UUID.randomUUID();
        new JdbcTemplate(api.dataSource).update("insert into idempotency_keys values (?, 'f', 'u', 3, 4, now(), null)",
                jobId);
        get("/v1/jobs/" + jobId).expectStatus().isOk().expectBody().jsonPath("$.status").isEqualTo("pending")
                .jsonPath("$.jobId").isEqualTo(jobId.toString());
        get("/v1/jobs/" + jobId + "/slots").expectStatus().isOk().expectBody().json("[]");
        get("/v1/jobs/" + jobId + "/verification").expectStatus().isOk().expectBody()
                .json("{\"preCreation\":[],\"postCreation\":null}");
        get("/v1/jobs/" + jobId + "/idempotency").expectStatus().isOk().expectBody().jsonPath("$.remaining.ads")
                .isEqualTo(4);
        get("/v1/jobs/" + jobId + "/rollback").expectStatus().isOk().expectBody().jsonPath("$.entities.length()")
                .isEqualTo(0);
        api.decision = CompletableFuture.completedFuture(Decision.refuse(new Refusal.NoSuchJob()));
        decide(jobId, "{\"decision\":\"CONFIRM\",\"reason\":\"r\"}").expectStatus().isEqualTo(409);
    }

    @Test
    void lists_first_what_the_tables_do_not_have_yet() {
        api.readModel.apply(ScriptedJob.accepted("u4", "known", 1, T0));
        api.readModel.store(ScriptedJob.accepted("u4", "new", 1, T0));
        api.readModel.store(ScriptedJob.accepted("u4", "newest", 1, T0).completed());

        get("/v1/jobs?userId=u4&limit=10").expectStatus().isOk().expectBody()
                .jsonPath("$.jobs[*].campaignName").isEqualTo(List.of("Sale newest", "Sale new", "Sale known"))
                .jsonPath("$.jobs[0].number").isEmpty()
                .jsonPath("$.next").isEmpty();
        get("/v1/jobs?userId=u4&status=completed&limit=10").expectStatus().isOk().expectBody()
                .jsonPath("$.jobs[*].campaignName").isEqualTo(List.of("Sale newest"));
        var page = JsonMapper.shared().readTree(get("/v1/jobs?userId=u4&limit=2").expectStatus().isOk()
                .expectBody(String.class).returnResult().getResponseBody());
        get("/v1/jobs?userId=u4&limit=2&after=" + page.get("next")).expectStatus().isOk().expectBody()
                .jsonPath("$.jobs[*].campaignName").isEqualTo(List.of("Sale known"));
    }

    @Test
    void shows_a_job_that_the_event_store_has_and_the_tables_have_not() {
        var job = ScriptedJob.accepted("u3", "told", 2, T0).completed();
        api.readModel.store(job);
        get("/v1/jobs/" + job.jobId()).expectStatus().isOk().expectBody()
                .jsonPath("$.status").isEqualTo("completed")
                .jsonPath("$.number").isEmpty();
        get("/v1/jobs/" + job.jobId() + "/slots").expectStatus().isOk().expectBody().jsonPath("$.length()")
                .isEqualTo(5);
        get("/v1/jobs/" + job.jobId() + "/verification").expectStatus().isOk().expectBody()
                .jsonPath("$.postCreation.outcome").isEqualTo("PASSED");
    }

    @Test
    void answers_304_to_who_has_the_jobs_version_already() {
        for (var part : new String[]{ "", "/slots", "/idempotency", "/verification", "/rollback" }) {
            var path = "/v1/jobs/" + completed.jobId() + part;
            get(path).expectStatus().isOk().expectHeader().valueEquals("ETag", "\"8\"");
            api.client.get().uri(path).header("If-None-Match", "\"8\"").exchange().expectStatus().isNotModified()
                    .expectBody().isEmpty();
            api.client.get().uri(path).header("If-None-Match", "\"7\"").exchange().expectStatus().isOk();
        }
    }

    @Test
    void puts_a_persons_decision_to_the_job() {
        decide(asking.jobId(), "{\"decision\":\"CONFIRM\",\"reason\":\"it is no use\",\"userId\":\"boss\"}")
                .expectStatus()
                .isAccepted();
        decide(asking.jobId(), "{\"decision\":\"DECLINE\",\"reason\":\"keep it\"}").expectStatus().isAccepted();
        assertThat(api.decided).containsExactly(new DecideRollback(true, "boss", "it is no use"),
                new DecideRollback(false, "", "keep it"));
    }

    @Test
    void refuses_a_decision_that_nobody_waits_for_or_that_is_none() {
        api.decision = CompletableFuture.completedFuture(Decision.refuse(new Refusal.JobNotWaiting()));
        decide(completed.jobId(), "{\"decision\":\"CONFIRM\"}").expectStatus().isEqualTo(409).expectBody()
                .jsonPath("$.title").isEqualTo("The job is not waiting");
        api.decision = CompletableFuture.completedFuture(Decision.refuse(new Refusal.NoSuchJob()));
        decide(UUID.randomUUID(), "{\"decision\":\"CONFIRM\"}").expectStatus().isNotFound();
        api.decided.clear();
        for (var body : new String[]{ "{}", "{\"decision\":\"MAYBE\"}", "{\"decision\":1}",
            "{\"decision\":\"CONFIRM\",\"why\":1}",
            "{\"decision\":\"CONFIRM\",\"reason\":7}",
            "{\"decision\":\"CONFIRM\",\"reason\":\"" + "r".repeat(1001) + "\"}" }) {
            decide(completed.jobId(), body).expectStatus().isBadRequest().expectBody().jsonPath("$.errors[0].field")
                    .isNotEmpty();
        }
        assertThat(api.decided).isEmpty();
    }

    @Test
    void puts_a_cancel_to_the_job() {
        cancel(asking.jobId(), "{\"reason\":\"wrong creative\",\"userId\":\"boss\"}").expectStatus().isAccepted()
                .expectBody().jsonPath("$.jobId").isEqualTo(asking.jobId().toString());
        cancel(asking.jobId(), "{\"reason\":\"wrong creative\"}").expectStatus().isAccepted();
        assertThat(api.decided).containsExactly(new CancelJob("boss", "wrong creative"),
                new CancelJob("", "wrong creative"));
    }

    @Test
    void refuses_a_cancel_of_what_has_ended_or_is_no_job_or_without_a_reason() {
        api.decision = CompletableFuture.completedFuture(Decision.refuse(new Refusal.JobEnded()));
        cancel(completed.jobId(), "{\"reason\":\"r\"}").expectStatus().isEqualTo(409).expectBody()
                .jsonPath("$.title").isEqualTo("The job has ended");
        api.decision = CompletableFuture.completedFuture(Decision.refuse(new Refusal.NoSuchJob()));
        cancel(completed.jobId(), "{\"reason\":\"r\"}").expectStatus().isNotFound();
        api.decided.clear();
        cancel(UUID.randomUUID(), "{\"reason\":\"r\"}").expectStatus().isNotFound();
        for (var body : new String[]{ "{}", "{\"reason\":\"\"}", "{\"reason\":\"  \"}", "{\"reason\":null}",
            "{\"reason\":7}", "{\"reason\":\"" + "r".repeat(1001) + "\"}", "{\"reason\":\"a\\u0000b\"}",
            "{\"reason\":\"r\",\"why\":1}", "{\"reason\":\"r\",\"userId\":\"" + "u".repeat(201) + "\"}" }) {
            cancel(asking.jobId(), body).expectStatus().isBadRequest().expectBody()
                    .jsonPath("$.errors.length()").isEqualTo(1);
        }
        assertThat(api.decided).isEmpty();
    }

    @Test
    void puts_a_new_start_to_the_job() {
        start(asking.jobId(), "{\"startAt\":\"2026-12-24T18:00\",\"reason\":\"eve\",\"userId\":\"boss\"}")
                .expectStatus()
                .isAccepted().expectBody().jsonPath("$.jobId").isEqualTo(asking.jobId().toString());
        start(asking.jobId(), "{\"startAt\":\"now\",\"reason\":\"eve\"}").expectStatus().isAccepted();
        assertThat(api.decided).containsExactly(new RescheduleLaunch("2026-12-24T18:00", "boss", "eve"),
                new RescheduleLaunch(null, "", "eve"));
    }

    @Test
    void refuses_a_new_start_of_what_has_begun_or_ended_or_is_no_job_or_that_breaks_a_rule() {
        var good = "{\"startAt\":\"now\",\"reason\":\"r\"}";
        api.decision = CompletableFuture.completedFuture(Decision.refuse(new Refusal.LaunchBegun()));
        start(asking.jobId(), good).expectStatus().isEqualTo(409).expectBody()
                .jsonPath("$.title").isEqualTo("The launch has begun");
        api.decision = CompletableFuture.completedFuture(Decision.refuse(new Refusal.JobEnded()));
        start(completed.jobId(), good).expectStatus().isEqualTo(409);
        api.decision = CompletableFuture.completedFuture(Decision.refuse(new Refusal.NoSuchJob()));
        start(completed.jobId(), good).expectStatus().isNotFound();
        api.decision = CompletableFuture.completedFuture(Decision.refuse(new Refusal.InvalidRequest(
                List.of(new Violation("startAt", "may be at most a year ahead")))));
        start(asking.jobId(), "{\"startAt\":\"2099-01-01T00:00Z\",\"reason\":\"r\"}").expectStatus().isBadRequest()
                .expectBody().jsonPath("$.errors[0].field").isEqualTo("startAt");
        api.decided.clear();
        start(UUID.randomUUID(), good).expectStatus().isNotFound();
        for (var body : new String[]{ "{\"startAt\":\"now\"}", "{\"reason\":\"r\"}",
            "{\"startAt\":\" \",\"reason\":\"r\"}",
            "{\"startAt\":null,\"reason\":\"r\"}", "{\"startAt\":7,\"reason\":\"r\"}",
            "{\"startAt\":\"now\",\"reason\":\"r\",\"why\":1}" }) {
            start(asking.jobId(), body).expectStatus().isBadRequest().expectBody()
                    .jsonPath("$.errors.length()").isEqualTo(1);
        }
        assertThat(api.decided).isEmpty();
    }

    @Test
    void shows_when_a_launch_begins_in_which_time_zone_and_where_it_was_moved_to() {
        var at = T0.plus(Duration.ofDays(2));
        var later = ScriptedJob.accepted("u6", "later", 2, T0).put(new RescheduleLaunch(at.toString(), "boss", "eve"))
                .preVerified("Asia/Kolkata");
        api.readModel.store(later);
        for (var told : List.of(false, true)) {
            if (told) {
                api.readModel.apply(later);
            }
            get("/v1/jobs/" + later.jobId()).expectStatus().isOk().expectBody()
                    .jsonPath("$.status").isEqualTo("pending")
                    .jsonPath("$.startAt").isEqualTo(at.toString())
                    .jsonPath("$.timeZone").isEqualTo("Asia/Kolkata");
            get("/v1/jobs/" + later.jobId() + "/state").expectStatus().isOk().expectBody()
                    .jsonPath("$.phase").isEqualTo("awaiting_start")
                    .jsonPath("$.waitingUntil").isEqualTo(at.toString())
                    .jsonPath("$.startAt").isEqualTo(at.toString())
                    .jsonPath("$.timeZone").isEqualTo("Asia/Kolkata");
        }
        get("/v1/jobs/" + completed.jobId()).expectBody().jsonPath("$.startAt").isEmpty();
    }

    @Test
    void shows_who_cancelled_a_job_when_and_why() {
        var cancelled = ScriptedJob.accepted("u5", "cancelled", 2, T0).preVerified()
                .put(new CancelJob("boss", "wrong creative"));
        api.readModel.store(cancelled);
        for (var told : List.of(false, true)) {
            if (told) {
                api.readModel.apply(cancelled);
            }
            get("/v1/jobs/" + cancelled.jobId()).expectStatus().isOk().expectBody()
                    .jsonPath("$.status").isEqualTo("in_progress")
                    .jsonPath("$.cancelled.by").isEqualTo("boss")
                    .jsonPath("$.cancelled.reason").isEqualTo("wrong creative")
                    .jsonPath("$.cancelled.at").isEqualTo(cancelled.now().toString());
            get("/v1/jobs/" + cancelled.jobId() + "/state").expectStatus().isOk().expectBody()
                    .jsonPath("$.cancelled.by").isEqualTo("boss")
                    .jsonPath("$.cancelled.reason").isEqualTo("wrong creative");
        }
        get("/v1/jobs/" + completed.jobId()).expectBody().jsonPath("$.cancelled").isEmpty();
    }

    @Test
    void says_so_when_a_decision_cannot_be_taken_down() {
        api.decision = CompletableFuture.failedFuture(new IllegalStateException("no database"));
        decide(asking.jobId(), "{\"decision\":\"CONFIRM\"}").expectStatus().isEqualTo(503);
        api.decision = new CompletableFuture<>();
        decide(asking.jobId(), "{\"decision\":\"CONFIRM\"}").expectStatus().isEqualTo(503);
        assertThat(api.decision.isCancelled()).isFalse();
    }

    @Test
    void refuses_what_postgresql_has_no_text_for_and_finds_nothing_for_other_odd_texts() {
        for (var userId : new String[]{ "%00", "u-1%00" }) {
            get("/v1/jobs?userId=" + userId).expectStatus().isBadRequest().expectBody()
                    .jsonPath("$.errors[0].field").isEqualTo("userId");
        }
        for (var userId : new String[]{ "%ff", "%C3%28", "%ED%A0%80", "u".repeat(300) }) {
            get("/v1/jobs?userId=" + userId).expectStatus().isOk().expectBody().json("{\"jobs\":[],\"next\":null}");
        }
        get("/v1/jobs/%00").expectStatus().isBadRequest();
        get("/v1/jobs?status=%00").expectStatus().isBadRequest();
    }

    private static ResponseSpec get(String path) {
        return api.client.get().uri(java.net.URI.create(path)).exchange();
    }

    private static ResponseSpec decide(UUID jobId, String body) {
        return api.client.post().uri("/v1/jobs/" + jobId + "/rollback").contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static ResponseSpec start(UUID jobId, String body) {
        return api.client.put().uri("/v1/jobs/" + jobId + "/start").contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body).exchange();
    }

    private static ResponseSpec cancel(UUID jobId, String body) {
        return api.client.post().uri("/v1/jobs/" + jobId + "/cancel").contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body).exchange();
    }
}
