package io.campaignlauncher.messaging;

import static io.campaignlauncher.messaging.TestKafka.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.campaignlauncher.schemas.KafkaNames;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.LateDoor;
import io.campaignlauncher.testing.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TopicAdministratorIT {

    private final TestBroker broker = TestBroker.shared().emptied();
    private final KafkaSettings settings = KafkaSettings.of("test", broker.bootstrapServers(), (short) -1,
            TestBroker.CLIENT_SETTINGS);
    private final Admin admin = new KafkaClients(settings).admin("test");

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void makes_every_topic_and_its_dead_letters() throws Exception {
        administer(settings);
        var names = Arrays.stream(Topic.values())
                .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterName()))
                .toList();
        var topics = admin.describeTopics(names).allTopicNames().get();
        for (var topic : Topic.values()) {
            assertThat(topics.get(topic.topicName()).partitions()).hasSize(topic.partitions());
            assertThat(topics.get(topic.deadLetterName()).partitions()).hasSize(1);
            assertThat(setting(topic.deadLetterName(), "retention.ms")).isEqualTo("-1");
            assertThat(setting(topic.topicName(), "max.message.bytes")).isEqualTo("1048576");
            assertThat(setting(topic.deadLetterName(), "max.message.bytes")).isEqualTo("1114112");
            for (var wanted : topic.settings().entrySet()) {
                assertThat(setting(topic.topicName(), wanted.getKey())).isEqualTo(wanted.getValue());
            }
        }
    }

    @Test
    void makes_topics_behind_the_prefix_and_as_safe_as_it_is_told() throws Exception {
        administer(KafkaSettings.of("test", broker.bootstrapServers(), new KafkaNames("eu-"),
                new TopicReplication((short) 1, (short) 1), TestBroker.CLIENT_SETTINGS));

        assertThat(admin.listTopics().names().get()).hasSize(2 * Topic.values().length)
                .allMatch(name -> name.startsWith("eu-"));
        assertThat(overridden("eu-job.events", "min.insync.replicas")).isTrue();
        administer(settings);
        assertThat(overridden("job.events", "min.insync.replicas")).as("the broker's default").isFalse();
    }

    @Test
    void warns_once_at_its_start_where_one_broker_alone_keeps_topics_unless_one_is_meant() {
        var log = (Logger) LoggerFactory.getLogger(TopicAdministrator.class);
        var written = new ListAppender<ILoggingEvent>();
        written.start();
        log.addAppender(written);
        try {
            administerAndCheck(settings);
            assertThat(written.list).filteredOn(line -> line.getLevel() == Level.WARN).singleElement()
                    .satisfies(line -> assertThat(line.getFormattedMessage()).contains("replication factor 1"));
            written.list.clear();
            administerAndCheck(KafkaSettings.of("test", broker.bootstrapServers(), (short) 1,
                    TestBroker.CLIENT_SETTINGS));
            assertThat(written.list).noneMatch(line -> line.getLevel() == Level.WARN);
        } finally {
            log.detachAppender(written);
        }
    }

    @Test
    void leaves_a_topic_that_exists_as_it_is() throws Exception {
        var name = Topic.JOB_EVENTS.topicName();
        admin.createTopics(List.of(new NewTopic(name, 9, (short) 1))).all().get();
        administer(settings);
        administer(settings);
        assertThat(admin.describeTopics(List.of(name)).allTopicNames().get().get(name).partitions()).hasSize(9);
        assertThat(admin.listTopics().names().get()).contains(Topic.CREDENTIALS.topicName());
    }

    @Test
    void says_which_topic_loses_what_is_needed_and_by_which_setting_until_it_is_mended() throws Exception {
        made(Topic.CREDENTIALS, Map.of("cleanup.policy", "delete"));
        made(Topic.KILL_SWITCHES, Map.of("cleanup.policy", "compact,delete"));
        made(Topic.CAMPAIGN_COMMANDS, Map.of("retention.ms", "60000"));
        made(Topic.CREATION_EVENTS, Map.of("retention.ms", "-1"));
        made(Topic.JOB_EVENTS, Map.of("cleanup.policy", "compact", "retention.ms", "-1"));
        var progress = new Progress("topics", new SimpleMeterRegistry());
        var topics = new TopicAdministrator(settings, progress, Clock.systemUTC());
        topics.start();
        topics.ready().block(PATIENCE);

        await().atMost(PATIENCE).until(() -> progress.heldUpBy() != null);
        assertThat(progress.heldUpBy().split("; ")).satisfiesExactlyInAnyOrder(
                text -> assertThat(text).contains("topic credentials has cleanup.policy=delete",
                        "--add-config cleanup.policy=compact"),
                text -> assertThat(text).contains("topic kill-switches has cleanup.policy=compact,delete"),
                text -> assertThat(text).contains("topic campaign.commands has retention.ms=60000",
                        "--add-config retention.ms=2592000000"),
                text -> assertThat(text).contains("topic job.events has cleanup.policy=compact"));
        topics.stop();
        for (var topic : Topic.values()) {
            set(topic, topic.settings());
        }
        set(Topic.JOB_EVENTS, Map.of("cleanup.policy", "delete"));
        topics.start();
        await().atMost(PATIENCE).until(() -> progress.heldUpBy() == null);
        topics.stop();
    }

    private void made(Topic topic, Map<String, String> settings) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic.topicName(), 1, (short) 1).configs(settings))).all().get();
    }

    private void set(Topic topic, Map<String, String> settings) throws Exception {
        var changes = settings.entrySet().stream().map(entry -> new AlterConfigOp(
                new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET)).toList();
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()), changes))
                .all().get();
    }

    @Test
    void waits_for_a_broker_that_is_not_there_yet() throws IOException {
        try (var door = new LateDoor(broker.bootstrapServers())) {
            var topics = new TopicAdministrator(
                    KafkaSettings.of("test", door.address(), (short) -1, TestBroker.CLIENT_SETTINGS),
                    new Progress("topics", new SimpleMeterRegistry()), Clock.systemUTC());
            topics.start();
            door.awaitAttempt();
            door.open();
            topics.ready().block(PATIENCE);
            topics.stop();
        }
    }

    @Test
    void stops_soon_while_there_is_no_broker() throws IOException {
        try (var door = new LateDoor(broker.bootstrapServers())) {
            var topics = new TopicAdministrator(
                    KafkaSettings.of("test", door.address(), (short) -1, TestBroker.CLIENT_SETTINGS),
                    new Progress("topics", new SimpleMeterRegistry()), Clock.systemUTC());
            topics.start();
            door.awaitAttempt();
            var begun = System.nanoTime();
            topics.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
            assertThat(topics.isRunning()).isFalse();
        }
    }

    /** Returns when it has nothing more to look at. */
    private static void administerAndCheck(KafkaSettings settings) {
        var progress = new Progress("topics", new SimpleMeterRegistry());
        progress.held("not looked at");
        var topics = new TopicAdministrator(settings, progress, Clock.systemUTC());
        topics.start();
        await().atMost(PATIENCE).until(() -> progress.heldUpBy() == null);
        topics.stop();
    }

    private static void administer(KafkaSettings settings) {
        var topics = new TopicAdministrator(settings, new Progress("topics", new SimpleMeterRegistry()),
                Clock.systemUTC());
        topics.start();
        topics.ready().block(PATIENCE);
        topics.stop();
    }

    private boolean overridden(String topic, String name) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name)
                .source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG;
    }

    private String setting(String topic, String name) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
    }
}
