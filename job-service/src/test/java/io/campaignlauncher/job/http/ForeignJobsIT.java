package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.Refusal;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.readmodel.ScriptedJob;
import io.campaignlauncher.schemas.JobIds;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Everybody sees their own jobs, and nothing tells them of others. */
class ForeignJobsIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Principal ANN = session("acme", "ann", Role.ADVERTISER);
    private static final List<Principal> MAY_SEE_ANNS = List.of(ANN, session("acme", "max", Role.MODERATOR),
            session("acme", "ada", Role.ADMIN), session("other", "root", Role.SUPER_ADMIN), Principal.LOCAL_OPERATOR);
    private static final List<Principal> MAY_NOT = List.of(session("acme", "bob", Role.ADVERTISER),
            session("acme", "pia", Role.PUBLISHER), session("other", "ann", Role.ADVERTISER),
            session("other", "mod", Role.MODERATOR), session("other", "adm", Role.ADMIN),
            session("local", "adm", Role.ADMIN), key("acme", "app", Scope.JOBS_READ, Scope.ACT_AS));
    private static final String LAUNCH = """
            {"userId":"%s","adAccountId":"act_1001","credentialId":"default","strategy":"FOR_ALL","adSetCount":2,
             "campaign":{"name":"Sale","objective":"OUTCOME_TRAFFIC"},
             "adSet":{"dailyBudget":2000,"billingEvent":"IMPRESSIONS","optimizationGoal":"LINK_CLICKS","targeting":{"a":1}},
             "ad":{"creative":{"b":2}}}""";

    private static HttpApi api;
    /** Of ann of acme: one in the tables and the store, one in the store alone. */
    private static ScriptedJob stored;
    private static ScriptedJob behind;

    private static Principal session(String tenant, String subject, Role role) {
        return new Principal(tenant, subject, subject, Set.of(role), new Principal.Session(new UUID(1, 1)));
    }

    private static Principal key(String tenant, String subject, Scope... scopes) {
        return new Principal(tenant, subject, subject, Set.of(Role.ADVERTISER),
                new Principal.Key(new UUID(2, 2), Set.of(scopes)));
    }

    @BeforeAll
    static void start() {
        api = new HttpApi("foreign_jobs", HttpSettings.defaults());
        List.of("acme", "other")
                .forEach(tenant -> api.credentials.store(new CredentialName(tenant, "default"), "t").block());
        stored = job("acme", "ann", "stored").preVerified();
        stored.suspendedHalfWay();
        behind = job("acme", "ann", "behind");
        var others = List.of(job("acme", "bob", "bobs"), job("other", "ann", "namesake"), job("local", "local", "old"));
        api.readModel.store(List.of(stored, behind));
        api.readModel.store(others);
        api.readModel.apply(stored, others.get(0), others.get(1), others.get(2));
    }

    private static ScriptedJob job(String tenant, String owner, String key) {
        return ScriptedJob.accepted(ScriptedJob.request("u-1", key, 2, RollbackPolicy.CONFIRM)
                .ownedBy(new Ownership(tenant, owner)), T0);
    }

    @AfterAll
    static void stop() {
        api.live.stop();
    }

    @AfterEach
    void nobody() {
        api.asking = Principal.LOCAL_OPERATOR;
        api.switches.turn(KillSwitch.INTAKE, true, null).block();
    }

    /** Each route that names a job, as the description of the API has them. */
    static Stream<String> routes() {
        var routes = HttpApi.DESCRIBED.operations().stream().filter(operation -> operation.contains("{jobId}"))
                .toList();
        assertThat(routes).hasSizeGreaterThan(8);
        return routes.stream();
    }

    /** To launch once more what one sees takes more: one has to be somebody who may launch for its user. */
    static Stream<String> routesForWhoeverSees() {
        return routes().filter(route -> !route.endsWith("/clone"));
    }

    /** What a job asked for is told, and looked for, once it is a job. */
    static Stream<String> routesOfARequestThatWaits() {
        return routesForWhoeverSees()
                .filter(route -> !route.endsWith("/file") && !route.equals("POST /v1/jobs/{jobId}/looks"));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void a_foreign_job_is_answered_like_one_that_there_is_not(String route) {
        for (var foreign : MAY_NOT) {
            api.asking = foreign;
            var unknown = answer(route, UUID.randomUUID());
            assertThat(unknown.status()).as(route).isEqualTo(404);
            for (var job : List.of(stored, behind)) {
                assertThat(answer(route, job.jobId())).as(route + " by " + foreign).isEqualTo(unknown);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("routesForWhoeverSees")
    void who_may_see_a_job_sees_it(String route) {
        for (var own : MAY_SEE_ANNS) {
            api.asking = own;
            assertThat(answer(route, stored.jobId()).status()).as(route + " by " + own).isBetween(200, 299);
            assertThat(answer(route, behind.jobId()).status()).as(route + " by " + own).isBetween(200, 299);
            assertThat(answer(route, UUID.randomUUID()).status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @MethodSource("routesOfARequestThatWaits")
    void so_is_a_request_that_waits_and_is_no_job_yet(String route) {
        api.switches.turn(KillSwitch.INTAKE, false, null).block();
        api.asking = ANN;
        launch("ann", "waits").expectStatus().isAccepted();
        var jobId = JobIds.of("acme", "ann", "waits");
        assertThat(answer(route, jobId).status()).isIn(200, 202);

        for (var foreign : MAY_NOT) {
            api.asking = foreign;
            assertThat(answer(route, jobId)).as(route + " by " + foreign).isEqualTo(answer(route, UUID.randomUUID()));
        }
    }

    @Test
    void nobody_decides_on_the_rollback_of_a_foreign_job() {
        api.decision = CompletableFuture.completedFuture(Decision.accept());
        api.decided.clear();
        for (var foreign : MAY_NOT) {
            api.asking = foreign;
            answer("POST /v1/jobs/{jobId}/rollback", stored.jobId());
        }
        assertThat(api.decided).isEmpty();
    }

    @Test
    void who_decides_on_a_rollback_decides_as_themselves() {
        api.decision = CompletableFuture.completedFuture(Decision.accept());
        api.decided.clear();
        api.asking = ANN;
        decide("{\"decision\":\"CONFIRM\",\"reason\":\"wrong budget\"}").expectStatus().isAccepted();
        decide("{\"decision\":\"CONFIRM\",\"userId\":\"" + ANN.subject() + "\"}").expectStatus().isAccepted();
        decide("{\"decision\":\"CONFIRM\",\"userId\":\"somebody\"}").expectStatus().isForbidden().expectBody()
                .jsonPath("$.errors[0].field").isEqualTo("userId");
        api.asking = Principal.LOCAL_OPERATOR;
        decide("{\"decision\":\"CONFIRM\",\"userId\":\"somebody\"}").expectStatus().isAccepted();

        assertThat(api.decided).map(command -> ((JobCommand.DecideRollback) command).userId())
                .containsExactly(ANN.subject(), ANN.subject(), "somebody");
    }

    @Test
    void who_cancels_does_so_as_themselves_and_nobody_cancels_a_foreign_job() {
        api.decision = CompletableFuture.completedFuture(Decision.accept());
        api.decided.clear();
        for (var foreign : MAY_NOT) {
            api.asking = foreign;
            answer("POST /v1/jobs/{jobId}/cancel", stored.jobId());
        }
        assertThat(api.decided).isEmpty();
        var path = "/v1/jobs/" + stored.jobId() + "/cancel";
        api.asking = ANN;
        post(path, "{\"reason\":\"r\"}", "k").expectStatus().isAccepted();
        post(path, "{\"reason\":\"r\",\"userId\":\"somebody\"}", "k").expectStatus().isForbidden();
        assertThat(api.decided).containsExactly(new JobCommand.CancelJob(ANN.subject(), "r"));
    }

    @Test
    void who_moves_a_start_does_so_as_themselves_and_nobody_moves_a_foreign_one() {
        api.decision = CompletableFuture.completedFuture(Decision.accept());
        api.decided.clear();
        for (var foreign : MAY_NOT) {
            api.asking = foreign;
            answer("PUT /v1/jobs/{jobId}/start", stored.jobId());
        }
        assertThat(api.decided).isEmpty();
        api.asking = ANN;
        start("{\"startAt\":\"now\",\"reason\":\"r\"}").expectStatus().isAccepted();
        start("{\"startAt\":\"now\",\"reason\":\"r\",\"userId\":\"somebody\"}").expectStatus().isForbidden();
        assertThat(api.decided).containsExactly(new JobCommand.RescheduleLaunch(null, ANN.subject(), "r"));
    }

    private ResponseSpec start(String body) {
        return api.client.put().uri("/v1/jobs/" + stored.jobId() + "/start")
                .contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
    }

    private ResponseSpec decide(String body) {
        return api.client.post().uri("/v1/jobs/" + stored.jobId() + "/rollback")
                .contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
    }

    @Test
    void a_list_has_what_who_asks_may_see() {
        assertThat(listed(ANN)).containsExactlyInAnyOrder("Sale stored", "Sale behind");
        assertThat(listed(session("acme", "bob", Role.ADVERTISER))).containsExactly("Sale bobs");
        assertThat(listed(session("acme", "ada", Role.ADMIN)))
                .containsExactlyInAnyOrder("Sale stored", "Sale behind", "Sale bobs");
        assertThat(listed(session("other", "mod", Role.MODERATOR))).containsExactly("Sale namesake");
        assertThat(listed(session("local", "adm", Role.ADMIN))).containsExactly("Sale old");
        assertThat(listed(session("nobody", "x", Role.ADMIN))).isEmpty();
        assertThat(listed(Principal.LOCAL_OPERATOR)).hasSize(5);
    }

    /** By everything that leads to ann's jobs, in the tables or not, and to her request that is no job yet. */
    @Test
    void nobody_finds_a_foreign_job_whatever_they_look_for() {
        api.switches.turn(KillSwitch.INTAKE, false, null).block();
        api.asking = ANN;
        launch("ann", "looked-for").expectStatus().isAccepted();
        var waits = JobIds.of("acme", "ann", "looked-for");
        var slot = api.readModel.queries().slots(stored.jobId(), Visibility.everything()).orElseThrow().answer()
                .getFirst();
        var texts = List.of(stored.jobId().toString(), behind.jobId().toString(), waits.toString(), "stored", "behind",
                "sale stored", "Sale behind", String.valueOf(slot.facebookId()));
        for (var text : texts) {
            for (var own : MAY_SEE_ANNS) {
                api.asking = own;
                assertThat(found(text)).as(text + " by " + own).hasSize(1);
            }
            for (var foreign : MAY_NOT) {
                api.asking = foreign;
                assertThat(found(text)).as(text + " by " + foreign).isEmpty();
            }
        }
        for (var shared : List.of("u-1", "act_1001", "1001", "default", "Sale", "200/1487")) {
            api.asking = session("other", "ann", Role.ADVERTISER);
            assertThat(found(shared).toString()).as(shared).doesNotContain(stored.jobId().toString(),
                    behind.jobId().toString());
        }
    }

    private static List<JsonNode> found(String text) {
        return JsonMapper.shared().readTree(api.client.get()
                .uri(uri -> uri.path("/v1/search").queryParam("q", "{q}").build(text)).exchange().expectStatus().isOk()
                .expectBody(byte[].class).returnResult().getResponseBodyContent()).path("matches").valueStream()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void the_key_of_another_tenant_names_another_job(boolean intake) {
        api.switches.turn(KillSwitch.INTAKE, intake, null).block();
        var key = "same-key-" + intake;
        api.asking = session("acme", "ada", Role.ADMIN);
        var acmes = taken("u-1", key);
        assertThat(acmes).isEqualTo(JobIds.of("acme", "u-1", key)).isNotEqualTo(JobIds.of("u-1", key));
        api.asking = session("other", "adm", Role.ADMIN);
        assertThat(taken("u-1", key)).isEqualTo(JobIds.of("other", "u-1", key)).isNotEqualTo(acmes);
        api.asking = session("local", "adm", Role.ADMIN);
        assertThat(taken("u-1", key)).isEqualTo(JobIds.of("u-1", key));
        api.asking = Principal.LOCAL_OPERATOR;
        assertThat(taken("u-1", key)).isEqualTo(JobIds.of("u-1", key));
    }

    @Test
    void a_request_belongs_to_who_asks_whatever_user_it_is_for() {
        api.taken.clear();
        api.asking = key("acme", "app", Scope.JOBS_LAUNCH, Scope.ACT_AS);
        launch("u-7", "for-another").expectStatus().isAccepted();
        assertThat(api.taken).singleElement().satisfies(taken -> {
            assertThat(taken.request().userId()).isEqualTo("u-7");
            assertThat(taken.request().ownership()).isEqualTo(new Ownership("acme", "app"));
        });
        api.asking = Principal.LOCAL_OPERATOR;
        api.taken.clear();
        launch("u-7", "at-the-machine").expectStatus().isAccepted();
        assertThat(api.taken.getFirst().request().ownership()).isEqualTo(new Ownership("local", "local-operator"));
    }

    @Test
    void who_may_not_launch_for_somebody_is_told_the_field() {
        api.taken.clear();
        for (var path : List.of("/v1/jobs", "/api/strategyForAll/create", "/api/strategy150/create",
                "/api/strategyForAds/create")) {
            for (var who : List.of(ANN, key("acme", "ann", Scope.JOBS_LAUNCH))) {
                api.asking = who;
                post(path, LAUNCH.formatted("u-1"), "k").expectStatus().isForbidden().expectBody()
                        .jsonPath("$.title").isEqualTo("Not allowed")
                        .jsonPath("$.errors[0].field").isEqualTo("userId");
            }
        }
        assertThat(api.taken).isEmpty();
        api.asking = ANN;
        launch("ann", "own").expectStatus().isAccepted();
        launch("", "empty").expectStatus().isBadRequest();
    }

    @Test
    void the_credential_of_another_tenant_is_one_that_was_never_stored() {
        api.asking = ANN;
        api.client.put().uri("/v1/credentials/anns").contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"accessToken\":\"t\"}").exchange().expectStatus().isNoContent();
        post("/v1/jobs", LAUNCH.formatted("ann").replace("default", "anns"), "anns-token").expectStatus().isAccepted();

        for (var foreign : List.of(session("other", "ann", Role.ADVERTISER), session("local", "ann", Role.ADMIN))) {
            api.asking = foreign;
            var refusals = Stream.of("anns", "acme/anns", "nobodys").map(id -> JsonMapper.shared().readTree(
                    post("/v1/jobs", LAUNCH.formatted("ann").replace("default", id), "k").expectStatus().isBadRequest()
                            .expectBody(byte[].class).returnResult().getResponseBodyContent())
                    .path("errors").toString()).distinct();
            assertThat(refusals).singleElement().asString().contains("\"field\":\"credentialId\"");
        }
    }

    @Test
    void who_stores_a_credential_and_who_decides_on_a_rollback_is_on_record_before_it_happens() {
        var app = key("acme", "audited", Scope.CREDENTIALS_WRITE);
        api.asking = app;
        var token = "EAAplantedplantedplanted";
        api.client.put().uri("/v1/credentials/noted").contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"accessToken\":\"" + token + "\"}").exchange().expectStatus().isNoContent();
        assertThat(audited("audited/" + new UUID(2, 2))).containsExactly(
                "acme {advertiser} credential.store noted: asked", "acme {advertiser} credential.store noted: ok");

        var max = session("acme", "max-the-auditor", Role.MODERATOR);
        api.asking = max;
        var path = "/v1/jobs/" + stored.jobId() + "/rollback";
        post(path, "{\"decision\":\"CONFIRM\"}", "k").expectStatus().isAccepted();
        api.decision = CompletableFuture.completedFuture(new Decision.Refused(new Refusal.JobNotWaiting()));
        post(path, "{\"decision\":\"DECLINE\",\"reason\":\"" + token + "\"}", "k").expectStatus().isEqualTo(409);
        api.decision = CompletableFuture.failedFuture(new IllegalStateException("no store"));
        post(path, "{\"decision\":\"DECLINE\"}", "k").expectStatus().isEqualTo(503);
        api.decision = CompletableFuture.completedFuture(Decision.accept());
        post("/v1/jobs/" + UUID.randomUUID() + "/rollback", "{\"decision\":\"DECLINE\"}", "k").expectStatus()
                .isNotFound();
        var decides = "acme {moderator} rollback.decide " + stored.jobId() + ": ";
        assertThat(audited("max-the-auditor")).containsExactly(
                decides + "asked: CONFIRM, for max-the-auditor", decides + "ok: CONFIRM, for max-the-auditor",
                decides + "asked: DECLINE, for max-the-auditor", decides + "refused: DECLINE, for max-the-auditor",
                decides + "asked: DECLINE, for max-the-auditor", decides + "unknown: DECLINE, for max-the-auditor");

        var cam = session("acme", "cam-the-canceller", Role.ADMIN);
        api.asking = cam;
        var cancel = "/v1/jobs/" + stored.jobId() + "/cancel";
        post(cancel, "{\"reason\":\"" + token + "\"}", "k").expectStatus().isAccepted();
        api.decision = CompletableFuture.completedFuture(new Decision.Refused(new Refusal.JobEnded()));
        post(cancel, "{\"reason\":\"" + token + "\"}", "k").expectStatus().isEqualTo(409);
        api.decision = CompletableFuture.completedFuture(Decision.accept());
        var cancels = "acme {admin} job.cancel " + stored.jobId() + ": ";
        assertThat(audited("cam-the-canceller")).containsExactly(
                cancels + "asked: for cam-the-canceller", cancels + "ok: for cam-the-canceller",
                cancels + "asked: for cam-the-canceller", cancels + "refused: for cam-the-canceller");

        api.asking = session("acme", "sue-the-scheduler", Role.ADMIN);
        var start = "{\"startAt\":\"now\",\"reason\":\"" + token + "\"}";
        start(start).expectStatus().isAccepted();
        api.decision = CompletableFuture.completedFuture(new Decision.Refused(new Refusal.LaunchBegun()));
        start(start).expectStatus().isEqualTo(409);
        api.decision = CompletableFuture.completedFuture(Decision.accept());
        var moves = "acme {admin} job.reschedule " + stored.jobId() + ": ";
        assertThat(audited("sue-the-scheduler")).containsExactly(
                moves + "asked: for sue-the-scheduler", moves + "ok: for sue-the-scheduler",
                moves + "asked: for sue-the-scheduler", moves + "refused: for sue-the-scheduler");

        var sql = JdbcClient.create(api.dataSource);
        assertThat(sql.sql("select to_jsonb(a)::text from audit a").query(String.class).list())
                .allSatisfy(row -> assertThat(row).doesNotContain("planted"));
        assertThat(sql.sql("select count(*) = (select count(*) from audit_unpublished) from audit").query(Boolean.class)
                .single()).as("nobody publishes here").isTrue();
        for (var change : List.of("update audit set outcome = 'ok'", "delete from audit", "truncate audit")) {
            assertThatThrownBy(() -> sql.sql(change).update()).hasMessageContaining("only added to");
        }
    }

    @Test
    void admins_read_the_audit_of_their_tenant_and_super_admins_all_of_it_page_by_page() {
        for (var tenant : List.of("acme", "other")) {
            api.asking = key(tenant, "paged-" + tenant, Scope.CREDENTIALS_WRITE);
            api.client.put().uri("/v1/credentials/paged").contentType(MediaType.APPLICATION_JSON)
                    .bodyValue("{\"accessToken\":\"t\"}").exchange().expectStatus().isNoContent();
        }
        api.asking = session("acme", "ada", Role.ADMIN);
        assertThat(auditPage("")).extracting(line -> line.path("tenant").asString()).contains("acme")
                .containsOnly("acme");
        api.asking = session("other", "root", Role.SUPER_ADMIN);
        var all = auditPage("?limit=500");
        assertThat(all).extracting(line -> line.path("tenant").asString()).contains("acme", "other");
        var first = auditPage("?limit=2");
        assertThat(first).isEqualTo(all.subList(0, 2)).first().satisfies(line -> {
            assertThat(line.path("actor").asString()).isEqualTo("paged-other/" + new UUID(2, 2));
            assertThat(line.path("roles").toString()).isEqualTo("[\"advertiser\"]");
            assertThat(line.path("outcome").asString()).isEqualTo("ok");
            assertThat(line.path("traceId").asString()).hasSize(32);
        });
        assertThat(auditPage("?limit=2&after=" + first.getLast().path("number").asString()))
                .isEqualTo(all.subList(2, 4));
        assertThat(auditPage("?limit=500&actor=paged-other")).isNotEmpty()
                .allMatch(line -> line.path("actor").asString().equals("paged-other/" + new UUID(2, 2)));
        assertThat(auditPage("?limit=500&action=credential.store&subject=paged")).hasSize(4);
        assertThat(auditPage("?actor=paged&subject=paged")).as("a user whose name begins so is another").isEmpty();
        var last = first.getLast().path("at").asString();
        assertThat(auditPage("?limit=500&from=" + last)).as("from then on").isEqualTo(first);
        assertThat(auditPage("?limit=500&to=" + last)).as("before").isEqualTo(all.subList(2, all.size()));
        api.asking = session("acme", "ada", Role.ADMIN);
        assertThat(auditPage("?actor=paged-other")).as("of another tenant").isEmpty();
        for (var query : List.of("after=x", "actor=", "action=%00", "from=x", "to=2026-01-01")) {
            api.client.get().uri(java.net.URI.create("/v1/audit?" + query)).exchange().expectStatus().isBadRequest()
                    .expectBody().jsonPath("$.errors[0].field").isEqualTo(query.split("=")[0]);
        }
    }

    private static List<JsonNode> auditPage(String query) {
        return JsonMapper.shared().readTree(api.client.get().uri("/v1/audit" + query).exchange().expectStatus().isOk()
                .expectBody(byte[].class).returnResult().getResponseBodyContent()).path("entries").valueStream()
                .toList();
    }

    private static List<String> audited(String actor) {
        return JdbcClient.create(api.dataSource).sql("""
                select tenant || ' ' || roles::text || ' ' || action || ' ' || subject || ': ' || outcome from audit
                where actor = :actor and trace_id is not null and address_hash is not null order by audit_id""")
                .param("actor", actor).query(String.class).list();
    }

    private record Answer(int status, HttpHeaders headers, String body) {}

    /** All that somebody may tell two answers apart by, but for the id of the trace. */
    private static Answer answer(String route, UUID jobId) {
        var parts = route.split(" ");
        var request = api.client.method(HttpMethod.valueOf(parts[0]))
                .uri(parts[1].replace("{jobId}", jobId.toString())
                        + (parts[1].endsWith("/file") ? "?currency=USD&timeZone=UTC" : ""));
        if (!parts[0].equals("GET")) {
            request.contentType(MediaType.APPLICATION_JSON).bodyValue(
                    route.endsWith("/cancel") ? "{\"reason\":\"no longer wanted\"}"
                            : route.endsWith("/start") ? "{\"startAt\":\"now\",\"reason\":\"earlier\"}"
                                    : "{\"decision\":\"CONFIRM\"}");
        }
        var response = request.exchange();
        if (response.returnResult(String.class).getStatus().isError()) {
            var result = response.expectBody(byte[].class).returnResult();
            var headers = new HttpHeaders();
            headers.addAll(result.getResponseHeaders());
            headers.remove("traceresponse");
            var body = (ObjectNode) JsonMapper.shared().readTree(result.getResponseBodyContent());
            body.remove("traceId");
            return new Answer(result.getStatus().value(), headers, body.toString());
        }
        return new Answer(response.returnResult(String.class).getStatus().value(), HttpHeaders.EMPTY, "");
    }

    private static List<String> listed(Principal who) {
        api.asking = who;
        var list = JsonMapper.shared().readTree(api.client.get().uri("/v1/jobs?limit=100").exchange().expectStatus()
                .isOk().expectBody(byte[].class).returnResult().getResponseBodyContent());
        return list.path("jobs").valueStream().map(job -> job.path("campaignName").stringValue()).toList();
    }

    private static UUID taken(String userId, String key) {
        var body = launch(userId, key).expectStatus().isAccepted().expectBody(byte[].class).returnResult();
        return UUID.fromString(JsonMapper.shared().readTree(body.getResponseBodyContent()).path("jobId").stringValue());
    }

    private static ResponseSpec launch(String userId, String key) {
        return post("/v1/jobs", LAUNCH.formatted(userId), key);
    }

    private static ResponseSpec post(String path, String body, String key) {
        return api.client.post().uri(path).header(IdempotencyKey.HEADER, key).contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body).exchange();
    }
}
