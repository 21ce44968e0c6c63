package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.RollbackPolicy;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.RateLimit;
import io.campaignlauncher.standalone.LeakScanner.Leak;
import io.campaignlauncher.standalone.Services.Service;
import io.campaignlauncher.standin.Commit;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Whatever happens, no secret turns up anywhere, and nothing personal in logs and metrics. All scenarios run with values that are
 * known wherever they are, put where a careless system would pass them on, while every logger is at DEBUG.
 */
@OnRunningSystem
class SecretsIT {

    private static final String MARK = UUID.randomUUID().toString().substring(0, 8);
    private static final Planted TOKEN = new Planted("access token", "EAAplanted" + MARK + "AccessToken0123456789");
    private static final Planted APP_TOKEN = new Planted("app token", "4711|planted" + MARK + "-app/token");
    private static final Planted EXPIRED = new Planted("expired token", "planted" + MARK + "expiredToken");
    private static final Planted INVALID = new Planted("invalid token", "planted" + MARK + "invalidToken");
    private static final Planted OTHER_TOKEN = new Planted("somebody's token", "planted" + MARK + "SomebodysToken");
    private static final Planted APP_SECRET = new Planted("app secret", "planted" + MARK + "AppSecret");
    private static final Planted IN_A_RECORD = new Planted("token in a record", "planted" + MARK + "TokenInARecord");

    private static final Planted MAIL = new Planted("e-mail address", "annegret." + MARK + "@example.com");
    private static final Planted PHONE = new Planted("phone number", "+49 1555 " + (MARK.hashCode() & 0xfffffff));
    private static final Planted ADDRESS = new Planted("IP address",
            "2001:db8:" + MARK.substring(0, 4) + ":" + MARK.substring(4) + "::7");
    private static final Planted PERSON = new Planted("person's name", "Annegret Planted" + MARK);
    private static final Planted CAMPAIGN = new Planted("campaign's name", "Campaign" + MARK);
    private static final List<Planted> PERSONAL = List.of(MAIL, PHONE, ADDRESS, PERSON, CAMPAIGN);

    /** What Facebook may say, at its worst. */
    private static final String TELL_ALL = ("Invalid OAuth access token %1$s of %4$s (%5$s, %6$s, from %7$s) for %8$s: "
            + "https://graph.facebook.com/v24.0/act_1/ads?access_token=%1$s&appsecret_proof=%3$s&x=%%7B Authorization: "
            + "Bearer %2$s, client_secret=%3$s {\"access_token\":\"%2$s\",\"input_token\": \"%1$s\"}")
            .formatted(TOKEN.value(), OTHER_TOKEN.value(), APP_SECRET.value(), PERSON.value(), MAIL.value(),
                    PHONE.value(), ADDRESS.value(), CAMPAIGN.value());
    private static final FaultEffect REFUSED = new FaultEffect.Refused(403, 200, 1234, TELL_ALL);
    private static final FaultEffect BROKEN = new FaultEffect.Refused(500, 2, null, TELL_ALL);

    private final RunningSystem system;
    private final List<String> jobs = new ArrayList<>();
    private final List<CreateCampaign> settling = new ArrayList<>();

    SecretsIT(RunningSystem system) {
        this.system = system;
    }

    @AfterEach
    void what_was_expected_is_put_aside() {
        system.published().deadLetters().forEach(system.published()::takeAway);
    }

    private List<Planted> secrets() {
        var all = new ArrayList<>(List.of(TOKEN, APP_TOKEN, EXPIRED, INVALID, OTHER_TOKEN, APP_SECRET,
                new Planted("token of other tests", RunningSystem.TOKEN)));
        var properties = system.standalone().properties();
        all.add(new Planted("credentials key", properties.get("launch.credentials.key").toString()));
        all.add(new Planted("webhook secret", properties.get("launch.webhook.secret").toString()));
        all.add(new Planted("secret of a webhook", webhookKey()));
        all.addAll(passwords());
        return all;
    }

    /** Of a webhook that is registered and given a new one. */
    private String webhookKey() {
        var made = system.http().post("/v1/webhooks", Map.of("url", "https://example.com/" + MARK), Map.of());
        assertThat(made.status()).isEqualTo(201);
        return system.http().post("/v1/webhooks/" + made.body().path("webhookId").asString() + "/rotate", Map.of(),
                Map.of()).body().path("secret").asString();
    }

    /** Of everybody who logs in to the servers of this process, as they are kept. */
    private List<Planted> passwords() {
        try (var files = Files.walk(system.standalone().folder())) {
            var found = new ArrayList<Planted>();
            for (var file : files.filter(file -> file.getParent().endsWith("passwords")).toList()) {
                found.add(new Planted("password of " + file, Files.readString(file).strip()));
            }
            var admin = system.standalone().folder().resolve(DataFolder.ADMIN_PASSWORD);
            found.add(new Planted("password of " + admin, Files.readString(admin).strip()));
            assertThat(found).hasSizeGreaterThan(8);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void no_secret_is_anywhere_and_nothing_personal_in_logs_and_metrics() {
        var secrets = new ArrayList<>(secrets());
        var andPersonal = new ArrayList<>(secrets);
        andPersonal.addAll(PERSONAL);
        andPersonal.add(IN_A_RECORD);
        try (var ear = new LogEar(new LeakScanner(system, andPersonal))) {
            storeCredentials();
            everyScenario();
            var heard = ear.lines();
            badInput();
            awaitSettled();

            assertThat(ear.leaks()).as("logs, of %d lines", ear.lines()).isEmpty();
            assertThat(ear.lines() - heard).as("lines heard after the restarts").isGreaterThan(1_000);
        }
        system.tablesAreUpToDate();
        assertThat(system.sql().sql("""
                select count(*) from campaign_creation_jobs where user_id = ?
                and error_history::text like '%•••%' and error_history::text like ?""")
                .params(MAIL.value(), "%" + PERSON.value() + "%").query(Integer.class).single())
                .as("jobs that Facebook told everything").isGreaterThanOrEqualTo(5);
        var scanner = new LeakScanner(system, secrets);
        assertThat(scanner.inTopics(_ -> true)).as("topics").isEmpty();
        assertThat(new LeakScanner(system, List.of(IN_A_RECORD)).inTopics(SecretsIT::isNoLetterAsItWas)).isEmpty();
        secrets.add(IN_A_RECORD);
        var wider = new LeakScanner(system, secrets);
        assertThat(wider.inTables()).as("tables").isEmpty();
        assertThat(answers(wider)).as("answers").isEmpty();
        assertThat(new LeakScanner(system, andPersonal).inMetrics()).as("metrics").isEmpty();
        assertThat(new LeakScanner(system, andPersonal).inThreadNames()).as("threads").isEmpty();
    }

    private void storeCredentials() {
        system.storeToken("planted", TOKEN.value());
        system.storeToken("planted-app", APP_TOKEN.value());
        system.storeToken("planted-expired", EXPIRED.value());
        system.storeToken("planted-invalid", INVALID.value());
    }

    /** The nine, and what else Facebook is known to do, side by side. */
    private void everyScenario() {
        launch(request(5));
        overHttp(request(3));
        launch(request(5), FaultTarget.CREATE_AD_SET,
                new FaultEffect.RateLimited(RateLimit.ACCOUNT_CALLS, Duration.ofSeconds(1)), 3, 1);
        launch(request(5), FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 2, 2);
        launch(request(5), FaultTarget.CREATE_AD_SET, new FaultEffect.SilentFailure(), 2, 2);
        launch(request(5), FaultTarget.CREATE_AD_SET, REFUSED, 3, 1);
        launch(request(5).setRetryBudget(1), FaultTarget.CREATE_AD_SET, BROKEN, 3, 0);
        launch(request(3), FaultTarget.CREATE_CAMPAIGN, REFUSED, 1, 1);
        launch(request(3), FaultTarget.CREATE_CAMPAIGN, FaultEffect.replyLost(), 1, 1);
        launch(request(3), FaultTarget.READ, BROKEN, 1, 2);
        launch(request(3), FaultTarget.READ, FaultEffect.timeout(), 1, 1);
        launch(request(3), FaultTarget.CREATE_AD_SET, new FaultEffect.HtmlPage(Commit.atOnce(), 500), 2, 1);
        launch(request(3), FaultTarget.CREATE_AD_SET, new FaultEffect.ErrorAt200(Commit.atOnce()), 2, 1);
        launch(request(3), FaultTarget.CREATE_AD_SET, new FaultEffect.TokenRefused(463), 2, 1);
        launch(request(3).setCredentialId("planted-app"));
        launch(request(3).setCredentialId("planted-expired"));
        launch(request(3).setCredentialId("planted-invalid"));
        launch(request(3).setAdAccountId("act_1002"));
        launch(request(3).setAdAccountId("act_1003"));
        var badly = request(5);
        system.fault(badly.getAdAccountId(), FaultTarget.DELETE, BROKEN, 1, 2);
        launch(badly, FaultTarget.CREATE_AD_SET, REFUSED, 3, 1);
        var twice = request(3).build();
        launch(CreateCampaign.newBuilder(twice));
        launch(CreateCampaign.newBuilder(twice));
        launch(request(3).setAdAccountId(twice.getAdAccountId()).setCampaign(twice.getCampaign()));
        var confirmed = proposed();
        var declined = proposed();
        decide(confirmed, "CONFIRM");
        decide(declined, "DECLINE");
        var interrupted = request(20).build();
        launch(CreateCampaign.newBuilder(interrupted));
        for (var service : Service.values()) {
            system.services().stop(service);
            system.services().start(service);
        }
    }

    /** Retries in plenty: together these launches make a circuit breaker pause for some seconds. */
    private CreateCampaign.Builder request(int adSets) {
        var key = UUID.randomUUID().toString();
        return Requests.oneFiftyOne(system.freshAccount(), adSets)
                .setIdempotencyKey(MAIL.value() + "-" + key).setUserId(MAIL.value()).setCredentialId("planted")
                .setRetryBudget(100)
                .setCampaign(
                        Requests.campaign(CAMPAIGN.value() + " of " + PERSON.value() + " " + PHONE.value() + " " + key))
                .setAdSet(new AdSetSpec(2000L, "IMPRESSIONS", "OFFSITE_CONVERSIONS",
                        "{\"geo_locations\":{\"countries\":[\"US\"]},\"note\":\"" + MAIL.value() + "\"}", Map.of()));
    }

    private void launch(CreateCampaign.Builder request, FaultTarget on, FaultEffect effect, int from, int times) {
        system.fault(request.getAdAccountId(), on, effect, from, times);
        launch(request);
    }

    /** As an app whose tracing and correlation know more than they should. */
    private void launch(CreateCampaign.Builder builder) {
        var request = builder.build();
        var record = system.records().createCampaign(request, "/acceptance", Instant.now());
        record.headers().remove("ce_correlationid");
        record.headers().add("ce_correlationid", MAIL.value().getBytes(StandardCharsets.UTF_8));
        system.publish(record);
        settling.add(request);
    }

    private void overHttp(CreateCampaign.Builder builder) {
        var request = builder.build();
        var headers = careless();
        headers.put("Idempotency-Key", request.getIdempotencyKey());
        assertThat(system.http().post("/v1/jobs", Requests.body(request), headers).status()).isEqualTo(202);
        assertThat(system.http().post("/v1/jobs", Requests.body(request), headers).status()).isEqualTo(202);
        settling.add(request);
    }

    private static Map<String, String> careless() {
        return new HashMap<>(Map.of("cookie", "token=" + TOKEN.value(),
                "traceparent", TOKEN.value(), "x-forwarded-for", ADDRESS.value(), "user-agent", MAIL.value(), "referer",
                "https://example.com/?access_token=" + TOKEN.value()));
    }

    private String proposed() {
        var request = request(4).setRollbackPolicy(RollbackPolicy.CONFIRM);
        launch(request, FaultTarget.CREATE_AD_SET, REFUSED, 3, 0);
        return RunningSystem.jobId(request.build());
    }

    private void decide(String jobId, String decision) {
        await("the job waits for a person").atMost(RunningSystem.PATIENCE).ignoreExceptions().until(
                () -> system.job(jobId).path("rollback").path("awaitingConfirmation").asBoolean(false));
        assertThat(system.http().post("/v1/jobs/" + jobId + "/rollback?access_token=" + TOKEN.value(),
                Map.of("decision", decision, "reason", "as " + PERSON.value() + " said", "userId", MAIL.value()),
                careless()).status()).isEqualTo(202);
    }

    /** On Kafka and over HTTP. */
    private void badInput() {
        var good = system.records().createCampaign(request(1).build(), "/acceptance", Instant.now());
        for (var header : List.of("ce_type", "ce_specversion", "ce_time", "ce_source", "content-type", "ce_sequence")) {
            var record = new ProducerRecord<>(good.topic(), null, UUID.randomUUID().toString(), good.value(),
                    good.headers());
            record.headers().remove(header).add(header, IN_A_RECORD.value().getBytes(StandardCharsets.UTF_8));
            record.headers().add("authorization", ("Bearer " + IN_A_RECORD.value()).getBytes(StandardCharsets.UTF_8));
            system.publish(record);
        }
        system.publish(new ProducerRecord<>(good.topic(), null, UUID.randomUUID().toString(),
                ("{\"access_token\":\"" + IN_A_RECORD.value() + "\"}").getBytes(StandardCharsets.UTF_8),
                good.headers()));
        system.publish(system.records().createCampaign(request(1).setCredentialId(IN_A_RECORD.value())
                .setAdAccountId(IN_A_RECORD.value()).setPageId(IN_A_RECORD.value()).build(), "/acceptance",
                Instant.now()));
        system.allCommandsRead();
        var token = TOKEN.value();
        var http = system.http();
        assertThat(http.post("/v1/jobs", Map.of("accessToken", token, token, token), careless()).status())
                .isEqualTo(400);
        assertThat(http.post("/v1/jobs?access_token=" + token, token, careless()).status()).isEqualTo(400);
        assertThat(http.post("/v1/jobs", Map.of(), Map.of("authorization", "Bearer " + token)).status())
                .isEqualTo(401);
        assertThat(http.put("/v1/credentials/planted", Map.of("accessToken", token + " ", "x", token)).status())
                .isEqualTo(400);
        assertThat(http.put("/v1/credentials/" + token + "%20", Map.of("accessToken", token)).status()).isEqualTo(400);
        assertThat(http.get("/v1/jobs/" + token).status()).isEqualTo(400);
        assertThat(http.get("/v1/nowhere/" + token).status()).isEqualTo(404);
        assertThat(http.get("/nowhere/" + token + "?access_token=" + token).status()).isEqualTo(404);
        assertThat(http.get("/v1/jobs?userId=" + MAIL.value() + "&status=" + token).status()).isEqualTo(400);
    }

    /** The record itself and its dead letter are kept as they were sent, by contract; what we say of them is not. */
    private static boolean isNoLetterAsItWas(ConsumerRecord<?, ?> record) {
        if (record.topic().equals(Topic.CAMPAIGN_COMMANDS.topicName())) {
            return false;
        }
        if (record.topic().equals(Topic.CAMPAIGN_COMMANDS.deadLetterName())) {
            assertThat(PublishedRecords.header(record, "dlt-reason")).doesNotContain(IN_A_RECORD.value());
            return false;
        }
        return true;
    }

    private void awaitSettled() {
        for (var request : settling) {
            var jobId = RunningSystem.jobId(request);
            if (!jobs.contains(jobId)) {
                jobs.add(jobId);
                system.settled(jobId);
            }
        }
    }

    private List<Leak> answers(LeakScanner scanner) {
        var found = new ArrayList<>(scanner.inAnswer("/v1/jobs?limit=500"));
        for (var jobId : jobs) {
            for (var view : List.of("", "/slots", "/idempotency", "/verification", "/rollback")) {
                found.addAll(scanner.inAnswer("/v1/jobs/" + jobId + view));
            }
        }
        found.addAll(scanner.inAnswer("/actuator/health/readiness"));
        // Nothing that was asked for comes back in what is wrong with it.
        var asked = new LeakScanner(system, List.of(new Planted("what was asked for", "asked" + MARK + "for")));
        for (var path : List.of("/v1/jobs/%s", "/v1/nowhere/%s", "/v1/jobs?status=%s", "/v1/jobs?after=%s",
                "/nowhere/%s", "/actuator/%s")) {
            found.addAll(asked.inAnswer(path.formatted("asked" + MARK + "for")));
        }
        return found;
    }

    @Test
    void a_leak_would_be_found_wherever_it_is() throws Exception {
        var planted = new Planted("a leak", "leak" + UUID.randomUUID());
        var scanner = new LeakScanner(system, List.of(planted));
        try (var ear = new LogEar(scanner)) {
            var log = LoggerFactory.getLogger("org.example.Anything");
            log.debug("a line with {}", planted.value());
            log.info("an exception", new IllegalStateException(planted.value()));
            log.atDebug().addKeyValue("a field", planted.value()).log("a line");
            log.debug("an encoded one: {}", planted.shapes().getLast());
            assertThat(ear.leaks()).hasSize(4).extracting(Leak::what).containsOnly("a leak");
        }
        var topic = "leaking-" + UUID.randomUUID();
        try (var admin = Admin.create(system.kafka(Map.of()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            var bytes = planted.value().getBytes(StandardCharsets.UTF_8);
            system.publish(new ProducerRecord<>(topic, planted.value(), new byte[]{ 1 }));
            system.publish(new ProducerRecord<>(topic, "key", bytes));
            var record = new ProducerRecord<>(topic, "key", new byte[]{ 1 });
            record.headers().add("header", bytes);
            system.publish(record);
            assertThat(scanner.inTopics(one -> one.topic().equals(topic))).hasSize(3);
            admin.deleteTopics(List.of(topic)).all().get();
        }
        system.sql().sql("create table leaking (text text, bytes bytea)").update();
        try {
            system.sql().sql("insert into leaking values (?, ?)").params("a " + planted.value(),
                    planted.value().getBytes(StandardCharsets.UTF_8)).update();
            assertThat(scanner.inTables()).hasSize(2);
        } finally {
            system.sql().sql("drop table leaking").update();
        }
        var meters = system.services().context(Service.JOB).getBean(MeterRegistry.class);
        var counter = meters.counter("leaking", "token", planted.value());
        assertThat(scanner.inMetrics()).hasSize(1);
        meters.remove(counter);
        var seen = new CountDownLatch(1);
        var thread = Thread.ofPlatform().daemon().name(planted.value()).start(() -> {
            try {
                seen.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(scanner.inThreadNames()).hasSize(1);
        seen.countDown();
        thread.join();
        assertThat(scanner.in("an answer", "{\"lastError\":\"" + planted.value() + "\"}")).isPresent();
        assertThat(scanner.inTopics(one -> one.topic().equals(topic))).isEmpty();
        assertThat(scanner.inMetrics()).isEmpty();
        assertThat(scanner.inThreadNames()).isEmpty();
    }
}
