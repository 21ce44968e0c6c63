package io.campaignlauncher.job.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.job.webhook.TestWebhooks;
import io.campaignlauncher.job.webhook.WebhookSecrets;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.ServiceSeal;
import io.campaignlauncher.readmodel.ReadModelUnderTest;
import io.campaignlauncher.readmodel.ScriptedJob;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From job.events to somebody's server, with the real broker and the real database. */
@ExtendWith(OutputCaptureExtension.class)
class WebhooksIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final LaunchRecords RECORDS = new LaunchRecords();
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes();

    private static DataSource dataSource;
    private static JdbcTemplate jdbc;
    private static ReadModelUnderTest store;
    private static KafkaProducer<String, byte[]> producer;
    private final Instant now = Instant.now();

    @BeforeAll
    static void start() throws Exception {
        TestBroker.shared().emptied();
        TestInfrastructure.createTopic(Topic.JOB_EVENTS);
        dataSource = TestInfrastructure.database("webhooks");
        jdbc = new JdbcTemplate(dataSource);
        store = new ReadModelUnderTest(dataSource);
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestInfrastructure.kafka()), new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
    }

    @BeforeEach
    void nothing_to_deliver() {
        jdbc.execute("truncate webhook_deliveries");
    }

    @Test
    void tells_of_each_end_and_of_a_waiting_rollback_once() throws Exception {
        try (var receiver = Receiver.answering(200); var context = context(secret())) {
            var completed = job("completed", receiver.address(), RollbackPolicy.AUTOMATIC).completed();
            var failed = job("failed", receiver.address(), RollbackPolicy.AUTOMATIC).refusedBecauseSuspended();
            var rolledBack = job("rolled-back", receiver.address(), RollbackPolicy.AUTOMATIC).preVerified()
                    .suspendedHalfWay().deletedAll();
            var waiting = job("waiting", receiver.address(), RollbackPolicy.CONFIRM).preVerified().suspendedHalfWay()
                    .confirmed().deletedAll();
            var untold = job("untold", null, RollbackPolicy.AUTOMATIC).completed();
            var longAgo = ScriptedJob.accepted(request("long-ago", receiver.address(), RollbackPolicy.AUTOMATIC),
                    now.minus(Duration.ofDays(31))).completed();

            publish(completed, failed, rolledBack, waiting, untold, longAgo);
            publish(completed, waiting, rolledBack);

            await().atMost(PATIENCE).until(() -> receiver.received().size() >= 5 && allRead() && pending() == 0);
            assertThat(jdbc.queryForList("select job_id from webhook_deliveries where attempts = 1", UUID.class))
                    .containsExactlyInAnyOrder(completed.jobId(), failed.jobId(), rolledBack.jobId(), waiting.jobId(),
                            waiting.jobId());
            assertThat(receiver.received()).hasSize(5).allSatisfy(got -> {
                assertThat(VerifyingExample.isGenuine(got.id(), got.timestamp(), got.signature(), got.body(), SECRET,
                        Instant.now())).isTrue();
                assertThat(body(got).path("id").asString()).isEqualTo(got.id());
            });
            isTold(told(receiver, completed, "job.completed"), "completed", 2, 2, List.of());
            isTold(told(receiver, failed, "job.failed"), "failed", 0, 0, List.of("the account is disabled"));
            isTold(told(receiver, rolledBack, "job.rolled_back"), "rolled_back", 0, 0,
                    List.of("the account is suspended (code 200/1487)"));
            isTold(told(receiver, waiting, "job.rollback_waiting"), "in_progress", 2, 1,
                    List.of("the account is suspended (code 200/1487)"));
            assertThat(told(receiver, completed, "job.completed").path("facebookCampaignId").asString()).isNotBlank();
            assertThat(told(receiver, rolledBack, "job.rolled_back").path("facebookCampaignId").isNull()).isTrue();
            var errors = told(receiver, waiting, "job.rollback_waiting").path("errors");
            assertThat(errors.size()).isEqualTo(1);
            assertThat(errors.get(0).path("code").asInt()).isEqualTo(200);
            assertThat(errors.get(0).path("kind").asString()).isEqualTo("PERMANENT");
            assertThat(errors.get(0).path("message").asString()).isEqualTo("the account is suspended");
            assertThat(context.getBean(MeterRegistry.class).get("launch.webhooks").tag("outcome", "delivered").counter()
                    .count()).isEqualTo(5);
        }
    }

    @Test
    void what_one_process_noted_another_delivers() throws Exception {
        int port;
        ScriptedJob job;
        try (var receiver = Receiver.answering(500)) {
            port = receiver.port();
            job = job("handed-over", receiver.address(), RollbackPolicy.AUTOMATIC).completed();
            try (var _ = context(secret())) {
                publish(job);
                await().atMost(PATIENCE).until(() -> !receiver.received().isEmpty());
            }
        }
        try (var receiver = Receiver.answeringOn(port, 200); var _ = context(secret())) {
            await().atMost(PATIENCE).until(() -> pending() == 0);
            told(receiver, job, "job.completed");
        }
    }

    @Test
    void goes_on_after_the_database_was_away_and_past_what_cannot_be_read() throws Exception {
        try (var receiver = Receiver.answering(200); var context = context(secret())) {
            var job = job("after-trouble", receiver.address(), RollbackPolicy.AUTOMATIC).completed();
            var good = job.records(RECORDS).getLast();
            var bad = new ProducerRecord<>(good.topic(), null, good.key(), new byte[]{ 1, 2, 3 }, good.headers());
            jdbc.execute("alter table webhook_deliveries rename to hidden");
            var rollbacks = rollbacks();
            producer.send(bad).get();
            publish(job);
            await().atMost(PATIENCE).until(() -> rollbacks() > rollbacks);
            jdbc.execute("alter table hidden rename to webhook_deliveries");

            await().atMost(PATIENCE).until(() -> !receiver.received().isEmpty() && pending() == 0);
            told(receiver, job, "job.completed");
            assertThat(context.getBean(MeterRegistry.class).get("launch.webhooks").tag("outcome", "unreadable")
                    .counter().count()).isPositive();
        }
    }

    @Test
    void without_a_secret_it_takes_no_webhook_and_sends_none(CapturedOutput output) {
        try (var context = context(Map.of())) {
            assertThat(context.getBean(WebhookRules.class)).isEqualTo(new WebhookRules(false, false));
            assertThat(context.getBean(WebhookCourier.class).isRunning()).isFalse();
            assertThat(context.getBean("notificationContainer", SmartLifecycle.class).isRunning()).isFalse();
        }
        assertThat(output.getAll()).containsOnlyOnce("launch.webhook.secret is not set");
    }

    private static Map<String, Object> secret() {
        return Map.of("launch.webhook.secret", Base64.getEncoder().encodeToString(SECRET),
                "launch.webhook.allow-private-addresses", "true", "launch.webhook.first-delay", "50ms",
                "launch.webhook.max-delay", "200ms", "launch.webhook.poll", "20ms");
    }

    private static AnnotationConfigApplicationContext context(Map<String, Object> properties) {
        var context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources()
                .addFirst(new MapPropertySource("test", new HashMap<>(properties)));
        context.getBeanFactory().registerSingleton("dataSource", dataSource);
        context.registerBean(KafkaSettings.class,
                () -> KafkaSettings.of("test", TestInfrastructure.kafka(), (short) -1, TestBroker.CLIENT_SETTINGS));
        context.registerBean(LaunchRecords.class, () -> RECORDS);
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.registerBean(Clock.class, Clock::systemUTC);
        context.registerBean(ServiceSeal.class,
                () -> new ServiceSeal(Base64.getEncoder().encodeToString(new byte[32]), true));
        context.registerBean(AccessTokens.class, () -> _ -> Optional.empty());
        context.registerBean(Readiness.class, Readiness::always);
        context.registerBean(WebhookSecrets.class, () -> TestWebhooks.on(dataSource, Clock.systemUTC()).secrets());
        context.register(NotifyConfiguration.class);
        context.refresh();
        return context;
    }

    static ScriptedJob job(String key, @Nullable String webhook, Instant at) {
        return ScriptedJob.accepted(request(key, webhook, RollbackPolicy.AUTOMATIC), at);
    }

    private ScriptedJob job(String key, @Nullable String webhook, RollbackPolicy policy) {
        return ScriptedJob.accepted(request(key, webhook, policy), now);
    }

    private static LaunchRequest request(String key, @Nullable String webhook, RollbackPolicy policy) {
        var r = ScriptedJob.request("u", key, 2, policy);
        return new LaunchRequest(r.idempotencyKey(), r.userId(), r.adAccountId(), r.credentialId(), r.strategy(),
                r.adSetCount(), r.adCount(), r.pageId(), r.pixelId(), r.campaign(), r.adSet(), r.ad(), r.retryBudget(),
                r.rollbackPolicy(), r.duplicateName(), webhook, r.priority());
    }

    /** Stores what is not stored yet, then publishes it: as the change feed does. */
    private static void publish(ScriptedJob... jobs) throws Exception {
        for (var job : jobs) {
            if (jdbc.queryForObject("select count(*) from event_store.domain_events where aggregate_identifier = ?",
                    Integer.class, job.jobId().toString()) == 0) {
                store.store(job);
            }
            for (var record : job.records(RECORDS)) {
                producer.send(record).get();
            }
        }
    }

    /** The group has read everything that is on the topic. */
    private static boolean allRead() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", TestInfrastructure.kafka()))) {
            var read = admin.listConsumerGroupOffsets(NotifyConfiguration.GROUP).partitionsToOffsetAndMetadata().get();
            for (int i = 0; i < Topic.JOB_EVENTS.partitions(); i++) {
                var partition = new TopicPartition(Topic.JOB_EVENTS.topicName(), i);
                long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition).get()
                        .offset();
                if (end > 0 && (read.get(partition) == null || read.get(partition).offset() < end)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static JsonNode told(Receiver receiver, ScriptedJob job, String kind) {
        return receiver.received().stream().map(WebhooksIT::body)
                .filter(body -> body.path("jobId").asString().equals(job.jobId().toString())
                        && body.path("kind").asString().equals(kind))
                .findFirst().orElseThrow(() -> new AssertionError(kind + " was not told of job " + job.jobId()));
    }

    private static JsonNode body(Receiver.Received got) {
        return JsonMapper.shared().readTree(got.body());
    }

    private static void isTold(JsonNode body, String status, int adSets, int ads, List<String> reasons) {
        assertThat(body.path("status").asString()).as(body::toPrettyString).isEqualTo(status);
        assertThat(body.path("userId").asString()).isEqualTo("u");
        assertThat(body.path("adAccountId").asString()).isEqualTo("act_1001");
        assertThat(body.path("campaignName").asString()).isEqualTo("Sale " + body.path("idempotencyKey").asString());
        assertThat(Instant.parse(body.path("at").asString())).isNotNull();
        assertThat(body.path("requested").path("adSets").asInt()).isEqualTo(2);
        assertThat(body.path("requested").path("ads").asInt()).isEqualTo(2);
        assertThat(body.path("created").path("adSets").asInt()).as(body::toPrettyString).isEqualTo(adSets);
        assertThat(body.path("created").path("ads").asInt()).as(body::toPrettyString).isEqualTo(ads);
        assertThat(body.path("reasons").valueStream().map(JsonNode::asString)).as(body::toPrettyString)
                .containsExactlyElementsOf(reasons);
    }

    private static long pending() {
        return jdbc.queryForObject("select count(*) from webhook_deliveries where status = 'pending'", Long.class);
    }

    private static long rollbacks() {
        return jdbc.queryForObject(
                "select xact_rollback from pg_stat_database where datname = current_database()", Long.class);
    }
}
