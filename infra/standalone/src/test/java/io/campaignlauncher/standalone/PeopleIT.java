package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.identity.model.AuthRoute;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.RecordSignature;
import io.campaignlauncher.standalone.Services.Service;
import io.campaignlauncher.tools.Tools;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The identity-service on the port of the job-service: people, their tokens and their keys. */
@OnRunningSystem
class PeopleIT {

    private final RunningSystem system;
    private final People people;

    PeopleIT(RunningSystem system) {
        this.system = system;
        people = new People(system.standalone());
    }

    /** Also after a test that failed half way. */
    @AfterEach
    void the_identity_service_runs() {
        if (!system.services().runs(Service.IDENTITY)) {
            system.services().start(Service.IDENTITY);
        }
    }

    @Test
    void an_app_launches_by_its_key_and_sees_its_job_and_others_do_not_until_the_key_is_revoked() {
        var ann = people.registered();
        var key = key(ann, "jobs:launch", "jobs:read");
        var app = system.http().as(key.secret());
        var request = request(ann);

        var launched = app.post("/v1/jobs", Requests.body(request),
                Map.of("Idempotency-Key", request.getIdempotencyKey()));

        assertThat(launched.status()).as(launched.body()::toPrettyString).isEqualTo(202);
        var job = "/v1/jobs/" + launched.body().path("jobId").asString();
        assertThat(app.get(job).status()).isEqualTo(200);
        assertThat(ann.http().get(job).status()).as("it is hers").isEqualTo(200);
        assertThat(people.registered().http().get(job).status()).as("another user's").isEqualTo(404);
        assertThat(system.settled(launched.body().path("jobId").asString()).path("status").asString())
                .as("who brings nothing is the local operator").isEqualTo("completed");

        assertThat(ann.http().delete("/api/auth/keys/" + key.id()).status()).isEqualTo(204);

        assertThat(app.get(job).status()).as("the next request").isEqualTo(401);
        assertThat(ann.http().get(job).status()).as("the token is good as before").isEqualTo(200);
    }

    @Test
    void an_app_launches_over_kafka_by_what_it_signs_with_its_key_until_the_key_is_revoked() {
        var ann = people.registered();
        var key = key(ann, "jobs:launch");
        var request = request(ann);

        system.publish(signed(request, key));

        var jobId = RunningSystem.jobId(request);
        assertThat(system.settled(jobId).path("status").asString()).isEqualTo("completed");
        assertThat(ann.http().get("/v1/jobs/" + jobId).status()).as("it is hers").isEqualTo(200);
        assertThat(people.registered().http().get("/v1/jobs/" + jobId).status()).as("another user's").isEqualTo(404);

        assertThat(ann.http().delete("/api/auth/keys/" + key.id()).status()).isEqualTo(204);
        var late = request(ann);
        system.publish(signed(late, key));

        var letter = await("a dead letter").atMost(RunningSystem.PATIENCE).until(() -> system.published().deadLetters()
                .stream().filter(one -> one.key().equals(RunningSystem.jobId(late))).findFirst(), Optional::isPresent)
                .orElseThrow();
        system.published().takeAway(letter);
        assertThat(new String(letter.headers().lastHeader("dlt-reason").value(), StandardCharsets.UTF_8))
                .contains("signature is not by an API key that is good").doesNotContain(key.secret());
    }

    private static ProducerRecord<String, byte[]> signed(CreateCampaign request, Key key) {
        return RecordSignature.signed(new LaunchRecords().createCampaign(request, "/app", Instant.now()), key.secret());
    }

    @Test
    void leaves_the_password_of_the_first_super_admin_to_whom_the_folder_belongs() throws IOException {
        var file = system.standalone().folder().resolve("admin.password");

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        var admin = people.admin();
        assertThat(admin.get("/api/auth/me").body().path("roles").toString()).contains("super_admin");
        assertThat(admin.get("/v1/kill-switches").status()).isEqualTo(200);
    }

    @Test
    void every_route_of_the_identity_service_is_answered_by_it() {
        for (var rule : AuthRoute.rules().stream().filter(rule -> !rule.path().startsWith("/actuator")).toList()) {
            assertThat(new IdentityHere().guest().answers(rule.path())).as(rule::toString).isTrue();
        }
        for (var path : List.of("/v1/jobs", "/api/strategy150/create", "/api/authors", "/actuator/health", "/docs",
                "/.well-known/other")) {
            assertThat(new IdentityHere().guest().answers(path)).as(path).isFalse();
        }
        assertThat(system.http().get("/.well-known/jwks.json").body().path("keys").toString()).contains("ES256");
        assertThat(system.http().get("/api/auth/me").status())
                .as("it knows no local operator: what it does, it does for a user").isEqualTo(401);
    }

    @Test
    void its_figures_are_on_the_page_of_the_job_service() {
        people.registered();
        var page = Scrape.of(system);

        assertThat(page.value("progress_stalled_seconds", Map.of("part", "access publisher"))).isLessThan(60);
        assertThat(page.value("http_server_requests_seconds_count",
                Map.of("uri", "/api/auth/login", "status", "200"))).isPositive();
    }

    @Test
    void while_it_is_away_keys_go_on_counting_and_what_needs_it_is_told_to_try_again() {
        var ann = people.registered();
        var app = system.http().as(key(ann, "jobs:read").secret());

        system.services().stop(Service.IDENTITY);

        assertThat(system.http().post("/api/auth/login", Map.of("username", "a", "password", "b")).status())
                .isEqualTo(503);
        assertThat(ann.http().get("/v1/jobs").status()).as("nobody can read the token").isEqualTo(503);
        assertThat(app.get("/v1/jobs").status()).isEqualTo(200);
        assertThat(system.http().get("/v1/jobs").status()).isEqualTo(200);
        assertThat(readiness()).contains("The identity-service does not run").contains("DOWN");

        system.services().start(Service.IDENTITY);

        assertThat(ann.http().get("/v1/jobs").status()).isEqualTo(200);
        assertThat(readiness()).doesNotContain("The identity-service does not run");
    }

    @Test
    void who_did_what_in_either_service_is_shown_by_one_command() {
        var ann = people.registered();
        var key = key(ann, "jobs:launch", "credentials:write");
        var app = system.http().as(key.secret());
        assertThat(app.put("/v1/credentials/" + ann.userId(), Map.of("accessToken", RunningSystem.TOKEN)).status())
                .isEqualTo(204);
        assertThat(ann.http().get("/v1/kill-switches").status()).as("refused by the rule").isEqualTo(403);
        var foreign = CreateCampaign.newBuilder(request(ann)).setUserId("somebody-else").build();
        assertThat(ann.http().post("/v1/jobs", Requests.body(foreign), Map.of("Idempotency-Key", "k-1")).status())
                .as("refused by the route").isEqualTo(403);
        assertThat(system.http().as("not.a.token").get("/v1/jobs").status()).isEqualTo(401);
        assertThat(ann.http().delete("/api/auth/keys/" + key.id()).status()).isEqualTo(204);

        var byHer = List.of("identity-service register " + ann.userId() + " ok",
                "identity-service log-in " + ann.userId() + " ok",
                "identity-service key.make " + key.id() + " jobs:launch,credentials:write",
                "job-service credential.store " + ann.userId() + " asked",
                "job-service credential.store " + ann.userId() + " ok",
                "job-service access GET /v1/kill-switches 403", "job-service access POST /v1/jobs 403",
                "identity-service key.revoke " + key.id() + " ok");
        await().atMost(RunningSystem.PATIENCE).untilAsserted(() -> assertThat(audited("--actor", ann.userId()))
                .containsExactlyInAnyOrderElementsOf(byHer));
        assertThat(audited("--actor", ann.userId() + "/" + key.id())).containsExactlyElementsOf(byHer.subList(3, 5));
        await().atMost(RunningSystem.PATIENCE)
                .untilAsserted(() -> assertThat(audited("--tenant", "-", "--action", "access"))
                        .contains("job-service access GET /v1/jobs 401"));
        assertThat(Scrape.of(system).value("progress_stalled_seconds", Map.of("part", "audit of job-service")))
                .isLessThan(60);
    }

    /** Service, action, subject and outcome. */
    private List<String> audited(String... options) {
        var out = new StringWriter();
        var code = Tools.run(Map.of(), new PrintWriter(out), new PrintWriter(new StringWriter()),
                Stream.of(List.of("audit"), system.kafkaOptions(), List.of(options)).flatMap(List::stream)
                        .toArray(String[]::new));
        assertThat(code).as(out.toString()).isZero();
        return out.toString().lines().skip(1).map(line -> line.split("\t"))
                .map(columns -> columns[1].substring(1) + " " + columns[5] + " " + columns[6] + " " + columns[7])
                .toList();
    }

    private String readiness() {
        return system.http().get("/actuator/health/readiness").body().toString();
    }

    private record Key(String id, String secret) {}

    private static Key key(People.Person owner, String... scopes) {
        var made = owner.http().post("/api/auth/keys", Map.of("name", "my-app", "scopes", List.of(scopes)));
        assertThat(made.status()).as(made.body()::toPrettyString).isEqualTo(201);
        return new Key(made.body().path("keyId").asString(), made.body().path("key").asString());
    }

    private CreateCampaign request(People.Person person) {
        return Requests.oneFiftyOne(system.freshAccount(), 3).setUserId(person.userId()).build();
    }
}
