package io.campaignlauncher.creation;

import static io.campaignlauncher.creation.Commands.ACCOUNT;
import static io.campaignlauncher.creation.Commands.launch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.campaignlauncher.creation.kafka.CreationCommandListener;
import io.campaignlauncher.embedded.EmbeddedKafkaBroker;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.ManagementPage;
import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CampaignSpec;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.CreatedEntity;
import io.campaignlauncher.schemas.CreationReported;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PlannedEntity;
import io.campaignlauncher.schemas.RoundEnd;
import io.campaignlauncher.schemas.StopCreation;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.GraphRules;
import io.campaignlauncher.testing.TestBroker;
import io.campaignlauncher.testing.TestServers;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two creators with a real Kafka, a real PostgreSQL and the simulated Facebook. */
class CreatorServiceIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String KEY = "\0".repeat(32);
    private static final LaunchRecords RECORDS = new LaunchRecords();
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();
    private static TestServers servers;
    private static Simulator facebook;
    private static ConfigurableApplicationContext one;
    private static ConfigurableApplicationContext other;
    private static KafkaProducer<String, byte[]> producer;
    private static KafkaConsumer<String, byte[]> events;
    private static KafkaConsumer<String, byte[]> deadLetters;
    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();
    private static final List<CreationReported> REPORTS = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        servers = TestServers.shared();
        LOG.list = Collections.synchronizedList(new ArrayList<>());
        facebook = Simulator.start(SimulatorSettings.DEFAULTS.withRules(
                GraphRules.DEFAULTS.withTier(GraphRules.Tier.UNLIMITED).withLatency(Duration.ofMillis(5),
                        Duration.ofMillis(5))));
        var kafka = servers.kafka().emptied().bootstrapServers();
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", kafka), new StringSerializer(),
                new ByteArraySerializer());
        Metrics.addRegistry(METERS);
        one = creator();
        other = creator();
        listenToTheLog();
        one.getBean(Credentials.class).store(CredentialName.local("default"), "a-good-token").block(SOON);
        await().atMost(SOON)
                .until(() -> other.getBean(Credentials.class).accessToken(CredentialName.local("default")).isPresent());
        events = reader(Topic.CREATION_EVENTS.topicName(), Topic.CREATION_EVENTS.partitions());
        deadLetters = reader(Topic.CREATION_COMMANDS.deadLetterName(), 1);
    }

    /** A service that starts sets the log up anew. */
    private static void listenToTheLog() {
        LOG.start();
        ((Logger) LoggerFactory.getLogger(CreationCommandListener.class.getPackageName())).addAppender(LOG);
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        producer.close();
        events.close();
        deadLetters.close();
        facebook.close();
        Metrics.removeRegistry(METERS);
    }

    @AfterEach
    void calm() {
        facebook.faults().clear();
    }

    @Test
    void creates_exactly_the_planned_entities_within_facebooks_own_pace() {
        var jobId = send(command("exact", 50, 1));

        assertThat(ended(jobId, 1)).returns(RoundEnd.DONE, CreationReported::getEnd);
        assertThat(count("exact")).isEqualTo(List.of(1, 50, 50, 0));
        assertThat(created(jobId)).hasSize(101);
        assertThat(facebook.counters().errors()).doesNotContainKey(613);
    }

    @Test
    void is_not_ready_while_claims_hang_and_goes_on_afterwards() throws Exception {
        await().atMost(SOON).untilAsserted(() -> assertThat(asked(ManagementPage.READINESS))
                .returns(200, HttpResponse::statusCode).extracting(HttpResponse::body, STRING)
                .contains("\"creation\":\"gets on\"", "\"db\":", "\"kafka\":", "\"start\":"));
        String jobId;
        try (var other = one.getBean(DataSource.class).getConnection(); var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table creator.waiting_commands in access exclusive mode");
            jobId = send(command("hanging", 1, 1));
            awaitUnready(one, "\"creation\":\"stalled for ");
            assertThat(asked(ManagementPage.LIVENESS).statusCode()).isEqualTo(200);
            other.rollback();
        }
        assertThat(ended(jobId, 1)).returns(RoundEnd.DONE, CreationReported::getEnd);
        await().atMost(SOON).until(() -> asked(ManagementPage.READINESS).statusCode() == 200);
    }

    @Test
    void two_creators_share_the_queue_and_create_each_job_once() {
        var jobs = IntStream.range(0, 12)
                .mapToObj(i -> command("shared-" + i, 2, 1).setAdAccountId("act_" + (5000 + i))).toList();
        jobs.forEach(job -> {
            send(job);
            send(job);
        });

        jobs.forEach(job -> {
            ended(job.getJobId(), 1);
            var made = facebook.world().count(job.getAdAccountId(), job.getCampaign().getName());
            assertThat(List.of(made.campaigns(), made.adSets(), made.ads(), made.duplicates()))
                    .isEqualTo(List.of(1, 2, 2, 0));
        });
    }

    @Test
    void with_another_key_it_is_not_ready_says_why_and_leaves_commands_to_others() {
        try (var third = creator(servers.kafka().bootstrapServers(), "x".repeat(32))) {
            await().atMost(SOON).untilAsserted(
                    () -> assertThat(asked(third, ManagementPage.READINESS)).returns(503, HttpResponse::statusCode)
                            .returns(true, answer -> answer.body()
                                    .contains("launch.credentials.key opens none of the 1 access tokens")));
            var jobs = IntStream.range(0, 24)
                    .mapToObj(i -> command("other-key-" + i, 1, 1).setAdAccountId("act_" + (6000 + i))).toList();
            jobs.forEach(CreatorServiceIT::send);

            assertThat(jobs).allSatisfy(job -> assertThat(ended(job.getJobId(), 1)).returns(RoundEnd.DONE,
                    CreationReported::getEnd));
            assertThat(jobs).allSatisfy(job -> assertThat(created(job.getJobId())).hasSize(3));
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void says_what_brokers_lack_for_share_groups_and_goes_on_once_they_have_it(CapturedOutput output) throws Exception {
        try (var broker = EmbeddedKafkaBroker.startOpen(
                Map.of("share.coordinator.state.topic.replication.factor", "3"), Map.of("share.version", (short) 0));
                var kafka = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                var lonely = creator(broker.bootstrapServers(), KEY)) {
            awaitUnready(lonely, "kafka-features.sh upgrade --feature share.version=1");
            kafka.updateFeatures(Map.of("share.version", new FeatureUpdate((short) 1, UpgradeType.UPGRADE)),
                    new UpdateFeaturesOptions()).all().get();
            awaitUnready(lonely, "share.coordinator.state.topic.replication.factor=3");

            kafka.createTopics(List.of(new NewTopic("__share_group_state", 1, (short) 1)
                    .configs(Map.of("min.insync.replicas", "2")))).all().get();
            awaitUnready(lonely, "--entity-name __share_group_state --add-config min.insync.replicas=1");
            var state = new ConfigResource(ConfigResource.Type.TOPIC, "__share_group_state");
            kafka.incrementalAlterConfigs(Map.of(state, List.of(new AlterConfigOp(
                    new ConfigEntry("min.insync.replicas", "1"), AlterConfigOp.OpType.SET)))).all().get();
            await().atMost(SOON).until(() -> asked(lonely, ManagementPage.READINESS).statusCode() == 200);

            assertThat(output.getAll().lines().filter(line -> line.contains("cannot take creation commands: ")))
                    .hasSize(3);
        }
    }

    private static void awaitUnready(ConfigurableApplicationContext service, String why) {
        await().atMost(SOON).untilAsserted(() -> assertThat(asked(service, ManagementPage.READINESS))
                .returns(503, HttpResponse::statusCode).returns(true, answer -> answer.body().contains(why)));
    }

    @Test
    void looks_first_adopts_what_exists_and_creates_the_rest() {
        facebook.faults().add(Fault.once(FaultTarget.CREATE_AD_SET, FaultEffect.replyLost()).named("ad set 3"));
        var jobId = send(command("lost", 5, 1));
        var first = ended(jobId, 1);
        assertThat(first.getQuietAt()).isNotNull();
        assertThat(REPORTS).filteredOn(report -> report.getJobId().equals(jobId)).flatMap(CreationReported::getFailed)
                .hasSize(2);

        send(command("lost", 5, 1).setRound(2).setLookFirst(true));
        ended(jobId, 2);

        assertThat(count("lost")).isEqualTo(List.of(1, 5, 5, 0));
        assertThat(created(jobId)).filteredOn(CreatedEntity::getAdopted).hasSize(11);
    }

    @Test
    void an_unreadable_command_goes_to_the_dead_letters_and_the_next_one_is_carried_out() {
        var topic = Topic.CREATION_COMMANDS.topicName();
        producer.send(
                new ProducerRecord<>(topic, ACCOUNT, "nonsense".getBytes(StandardCharsets.UTF_8)));
        var wrong = command("wrong", 1, 1).setRound(0).build();
        producer.send(RECORDS.record(Topic.CREATION_COMMANDS, ACCOUNT, wrong, Commands.envelope(wrong)));
        var jobId = send(command("after", 1, 1));

        ended(jobId, 1);
        var parked = new ArrayList<ConsumerRecord<String, byte[]>>();
        await().atMost(SOON).until(() -> {
            deadLetters.poll(Duration.ofMillis(50)).forEach(parked::add);
            return parked.size() >= 2;
        });
        assertThat(parked).hasSize(2).anySatisfy(record -> assertThat(new String(record.value(),
                StandardCharsets.UTF_8)).isEqualTo("nonsense"));
    }

    @Test
    void switched_off_it_takes_nothing_and_loses_nothing() {
        switched(false);
        try {
            var jobId = send(command("switched", 1, 1));
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(3))
                    .until(() -> facebook.world().campaigns(ACCOUNT, "switched").isEmpty());
            switched(true);
            ended(jobId, 1);
            assertThat(count("switched")).isEqualTo(List.of(1, 1, 1, 0));
        } finally {
            switched(true);
        }
    }

    @Test
    void outlives_claims_that_are_out_of_reach_and_then_carries_out_what_waited() {
        var database = JdbcClient.create(one.getBean(DataSource.class));
        var warned = warnings("cannot claim");
        database.sql("ALTER TABLE creator.creation_claims RENAME TO away").update();
        String jobId;
        try {
            jobId = send(command("outage", 2, 1));
            await().atMost(SOON).until(() -> warnings("cannot claim") > warned);
        } finally {
            database.sql("ALTER TABLE creator.away RENAME TO creation_claims").update();
        }

        ended(jobId, 1);
        assertThat(count("outage")).isEqualTo(List.of(1, 2, 2, 0));
        assertThat(redelivered()).as("what was given back came again").isPositive();
    }

    @Test
    void a_refused_account_is_told_as_it_is() {
        var jobId = send(command("disabled", 3, 1).setAdAccountId("act_1002"));

        ended(jobId, 1);
        var faults = REPORTS.stream().filter(report -> report.getJobId().equals(jobId))
                .flatMap(report -> report.getFaults().stream()).toList();
        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.getOutcomeUnknown()).isFalse();
            assertThat(fault.getMessage()).doesNotContain("a-good-token");
        });
    }

    @Test
    void a_job_is_stopped_in_whichever_creator_works_on_it_and_in_one_that_starts_afterwards() {
        facebook.faults().add(new Fault(FaultTarget.CREATE_CAMPAIGN, "act_5500", null, 1, 0, 1,
                new FaultEffect.Slow(Duration.ofSeconds(2))));
        var jobs = IntStream.range(0, 4).mapToObj(i -> command("stopped-" + i, 5, 1).setAdAccountId("act_5500"))
                .toList();
        jobs.forEach(CreatorServiceIT::send);
        await().atMost(SOON).until(() -> facebook.world().campaigns("act_5500").size() == 4);

        jobs.forEach(job -> publish(Topic.CREATION_STOPS, job.getJobId(), job.getJobId(),
                new StopCreation(job.getJobId())));

        assertThat(jobs).allSatisfy(job -> assertThat(ended(job.getJobId(), 1)).returns(RoundEnd.DONE,
                CreationReported::getEnd));
        other.close();
        other = creator();
        one.close();
        one = creator();
        listenToTheLog();
        jobs.forEach(job -> send(job.setRound(2)));
        assertThat(jobs).allSatisfy(job -> assertThat(ended(job.getJobId(), 2)).returns(RoundEnd.DONE,
                CreationReported::getEnd).returns(0, CreationReported::getHttpCalls));
        assertThat(facebook.world().campaigns("act_5500")).hasSize(4)
                .allMatch(campaign -> facebook.world().adSets(campaign.id()).isEmpty());
    }

    private static long warnings(String part) {
        return LOG.list.stream().filter(line -> line.getFormattedMessage().contains(part)).count();
    }

    private static double redelivered() {
        return METERS.get("launch.anomalies").tags("kind", "redelivery", "cause", "creation_command").counter().count();
    }

    private static void switched(boolean on) {
        one.getBean(KillSwitches.class).turn(KillSwitch.CREATION, on, null).block(SOON);
        await().atMost(SOON).until(() -> other.getBean(KillSwitches.class).isOn(KillSwitch.CREATION) == on);
    }

    private static List<Integer> count(String campaign) {
        var count = facebook.world().count(ACCOUNT, campaign);
        return List.of(count.campaigns(), count.adSets(), count.ads(), count.duplicates());
    }

    private static List<CreatedEntity> created(String jobId) {
        return REPORTS.stream().filter(report -> report.getJobId().equals(jobId))
                .flatMap(report -> report.getCreated().stream())
                .collect(Collectors.toMap(entity -> entity.getEntityType() + "/" + entity.getSlotNumber(),
                        entity -> entity,
                        (_, later) -> later))
                .values().stream().toList();
    }

    private static CreationReported ended(String jobId, int round) {
        var found = new ArrayList<CreationReported>();
        await().atMost(SOON).until(() -> {
            events.poll(Duration.ofMillis(50))
                    .forEach(record -> REPORTS.add((CreationReported) RECORDS.read(record).message()));
            found.clear();
            REPORTS.stream().filter(report -> report.getJobId().equals(jobId) && report.getRound() == round
                    && report.getEnd() != RoundEnd.NOT_YET).forEach(found::add);
            return !found.isEmpty();
        });
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static CreateEntities.Builder command(String name, int adSets, int adsInEach) {
        var command = launch(name, adSets, adsInEach);
        command.setCampaign(new PlannedEntity(1, 0, name, null, 0));
        return command
                .setLabel("launch-" + name)
                .setCampaignSpec(new CampaignSpec(name, "OUTCOME_SALES", List.of(), Map.of()))
                .setPixelId("2000000001")
                .setPageId("1000000001")
                .setAdSetSpec(new AdSetSpec(2000L, "IMPRESSIONS", "OFFSITE_CONVERSIONS",
                        "{\"geo_locations\":{\"countries\":[\"US\"]}}", Map.of()))
                .setAdSpec(new AdSpec("{\"object_story_spec\":{\"page_id\":\"1000000001\",\"link_data\":"
                        + "{\"link\":\"https://example.com\",\"message\":\"Hello\"}}}", Map.of()));
    }

    private static String send(CreateEntities.Builder command) {
        var message = command.build();
        publish(Topic.CREATION_COMMANDS, message.getAdAccountId(), message.getJobId(), message);
        return message.getJobId();
    }

    private static void publish(Topic topic, String key, String jobId, SpecificRecord message) {
        try {
            producer.send(RECORDS.record(topic, key, message,
                    Envelope.of(UUID.randomUUID().toString(), message.getSchema().getName(), "/job-service", jobId,
                            Instant.now())))
                    .get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KafkaConsumer<String, byte[]> reader(String topic, int partitions) {
        var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", servers.kafka().bootstrapServers(),
                "auto.offset.reset", "earliest"), new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(topic, i)).toList());
        return consumer;
    }

    private static HttpResponse<String> asked(String path) {
        return asked(one, path);
    }

    private static HttpResponse<String> asked(ConfigurableApplicationContext service, String path) {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(
                    "http://127.0.0.1:" + service.getBean(ManagementPage.class).port() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConfigurableApplicationContext creator() {
        return creator(servers.kafka().bootstrapServers(), KEY);
    }

    private static ConfigurableApplicationContext creator(String kafka, String key) {
        return CreatorService.application().run(
                "--kafka.bootstrap-servers=" + kafka, TestBroker.SERVICE_ARGUMENT,
                "--launch.credentials.key="
                        + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII)),
                "--spring.datasource.url=" + servers.database().createDatabase("creator"),
                "--spring.datasource.username=" + servers.database().username(),
                "--spring.datasource.password=" + servers.database().password(),
                "--graph.base-url=" + facebook.baseUrl(),
                "--management.server.port=0", "--launch.progress.stalled-after=2s",
                "--spring.main.banner-mode=off");
    }
}
