package io.campaignlauncher.job.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.readmodel.ReadModelRebuild;
import io.campaignlauncher.readmodel.ReadModelUnderTest;
import io.campaignlauncher.readmodel.ScriptedJob;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The read model as it runs: a real topic, a real database, the consumer that the service starts. */
class ReadModelKafkaIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final LaunchRecords RECORDS = new LaunchRecords();
    private static DataSource dataSource;
    private static ReadModelUnderTest model;
    private static KafkaProducer<String, byte[]> producer;

    @BeforeAll
    static void start() throws Exception {
        TestBroker.shared().emptied();
        dataSource = TestInfrastructure.database("from_kafka");
        model = new ReadModelUnderTest(dataSource);
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestInfrastructure.kafka()), new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
    }

    @Test
    void follows_the_topic_through_trouble_and_restarts() throws Exception {
        var first = ScriptedJob.accepted("u", "first", 50, T0).completed();
        var second = ScriptedJob.accepted("u", "second", 3, T0);
        try (var context = context()) {
            // The topic comes after the consumer, as in a new installation.
            TestInfrastructure.createTopic(Topic.JOB_EVENTS);
            publish(first, 0);
            publish(second, 0);
            producer.send(new ProducerRecord<>(Topic.JOB_EVENTS.topicName(), "no uuid", new byte[]{ 1 })).get();
            awaitStatus(first, "completed");
            awaitStatus(second, "pending");

            var rollbacks = rollbacks();
            model.jdbc.execute("alter table slots_under_way rename to hidden");
            int seen = second.facts().size();
            publish(second.preVerified(), seen);
            await().atMost(PATIENCE).until(() -> rollbacks() > rollbacks);
            model.jdbc.execute("alter table hidden rename to slots_under_way");
            awaitStatus(second, "in_progress");
        }
        int seen = second.facts().size();
        publish(first, 0);
        publish(second.createdAll().verified(), seen);
        try (var context = context()) {
            awaitStatus(second, "completed");
            assertThat(model.row(second).slots()).hasSize(7)
                    .allSatisfy(slot -> assertThat(slot.facebookId()).isNotNull());
            assertThat(context.getBean(JobQueries.class).job(first.jobId(), Visibility.everything()).orElseThrow()
                    .status())
                    .isEqualTo("completed");
            model.store(first.facts());
            model.store(second.facts());
            assertThat(context.getBean(ReadModelRebuild.class).differences()).isEmpty();
        }
    }

    private static AnnotationConfigApplicationContext context() {
        var context = new AnnotationConfigApplicationContext();
        context.getBeanFactory().registerSingleton("dataSource", dataSource);
        context.registerBean(PlatformTransactionManager.class, () -> new JdbcTransactionManager(dataSource));
        context.registerBean(KafkaSettings.class,
                () -> KafkaSettings.of("test", TestInfrastructure.kafka(), (short) -1, TestBroker.CLIENT_SETTINGS));
        context.registerBean(LaunchRecords.class, () -> RECORDS);
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.registerBean(Clock.class, Clock::systemUTC);
        context.register(ReadModelConfiguration.class);
        context.refresh();
        return context;
    }

    private static void publish(ScriptedJob job, int from) throws Exception {
        for (var fact : job.facts().subList(from, job.facts().size())) {
            var id = UUID.randomUUID().toString();
            var envelope = new Envelope(id, fact.type(), "/job-service", fact.jobId().toString(), fact.at(),
                    fact.sequence(), id,
                    null, null);
            producer.send(RECORDS.record(Topic.JOB_EVENTS, fact.jobId().toString(), fact.payload(), envelope)).get();
        }
    }

    private static long rollbacks() {
        return model.jdbc.queryForObject(
                "select xact_rollback from pg_stat_database where datname = current_database()",
                Long.class);
    }

    private static void awaitStatus(ScriptedJob job, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(model.jdbc.queryForList(
                        "select status from campaign_creation_jobs where job_uuid = ?", String.class, job.jobId()))
                        .containsExactly(status));
    }
}
