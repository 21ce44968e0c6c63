package io.campaignlauncher.messaging;

import static io.campaignlauncher.messaging.TestKafka.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicAdministratorIT {

    private final TestBroker broker = TestBroker.shared().emptied();
    private final KafkaSettings settings = KafkaSettings.towards(broker.bootstrapServers());
    private final Admin admin = new KafkaClients(settings).admin();

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
    void leaves_a_topic_that_exists_as_it_is() throws Exception {
        var name = Topic.JOB_EVENTS.topicName();
        admin.createTopics(List.of(new NewTopic(name, 9, (short) 1))).all().get();
        administer(settings);
        administer(settings);
        assertThat(admin.describeTopics(List.of(name)).allTopicNames().get().get(name).partitions()).hasSize(9);
        assertThat(admin.listTopics().names().get()).contains(Topic.CREDENTIALS.topicName());
    }

    @Test
    void waits_for_a_broker_that_is_not_there_yet() throws IOException {
        try (var door = new LateDoor(broker.bootstrapServers())) {
            var topics = new TopicAdministrator(KafkaSettings.towards(door.address()), Clock.systemUTC());
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
            var topics = new TopicAdministrator(KafkaSettings.towards(door.address()), Clock.systemUTC());
            topics.start();
            door.awaitAttempt();
            var begun = System.nanoTime();
            topics.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
            assertThat(topics.isRunning()).isFalse();
        }
    }

    private static void administer(KafkaSettings settings) {
        var topics = new TopicAdministrator(settings, Clock.systemUTC());
        topics.start();
        topics.ready().block(PATIENCE);
        topics.stop();
    }

    private String setting(String topic, String name) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
    }
}
