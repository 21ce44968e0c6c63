package io.campaignlauncher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaBrokerIT {

    private static final String TOPIC = "words";
    private static final Duration SOON = Duration.ofMillis(100);

    @TempDir
    Path folder;

    @Test
    void keeps_records_offsets_and_its_cluster_id_over_a_restart() throws Exception {
        String clusterId;
        try (var broker = EmbeddedKafkaBroker.start(folder)) {
            clusterId = clusterId(broker);
            makeTopic(broker);
            produce(broker, "one", "two");
            try (var consumer = consumer(broker)) {
                assertThat(readAtLeast(consumer, 2)).containsExactly("one", "two");
                consumer.commitSync();
            }
        }
        try (var broker = EmbeddedKafkaBroker.start(folder); var consumer = consumer(broker)) {
            assertThat(clusterId(broker)).isEqualTo(clusterId);
            produce(broker, "three");
            assertThat(readAtLeast(consumer, 1)).containsExactly("three");
        }
    }

    @Test
    void keeps_what_it_acknowledged_when_its_jvm_is_killed() throws Exception {
        var jvm = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), BrokerForEver.class.getName(), folder.toString(), TOPIC)
                .redirectErrorStream(true).redirectOutput(folder.resolve("log.txt").toFile()).start();
        try {
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> Files.exists(BrokerForEver.ready(folder)) || !jvm.isAlive());
            assertThat(jvm.isAlive()).isTrue();
        } finally {
            jvm.destroyForcibly().waitFor();
        }
        try (var broker = EmbeddedKafkaBroker.start(folder); var consumer = consumer(broker)) {
            assertThat(readAtLeast(consumer, 1)).containsExactly("acknowledged");
        }
    }

    @Test
    void hands_a_released_record_of_a_share_group_out_again() throws Exception {
        try (var broker = EmbeddedKafkaBroker.start(folder)) {
            makeTopic(broker);
            readShareGroupFromTheStart(broker);
            produce(broker, "one");
            try (var consumer = new KafkaShareConsumer<String, String>(client(broker, Map.of("group.id", "sharers",
                    "share.acknowledgement.mode", "explicit")), new StringDeserializer(), new StringDeserializer())) {
                consumer.subscribe(List.of(TOPIC));
                var deliveries = new ArrayList<Optional<Short>>();
                await().atMost(Duration.ofSeconds(20)).until(() -> {
                    for (var record : consumer.poll(SOON)) {
                        deliveries.add(record.deliveryCount());
                        consumer.acknowledge(record,
                                deliveries.size() == 1 ? AcknowledgeType.RELEASE : AcknowledgeType.ACCEPT);
                    }
                    consumer.commitSync();
                    return deliveries.size() == 2;
                });
                assertThat(deliveries).containsExactly(Optional.of((short) 1), Optional.of((short) 2));
            }
        }
    }

    @Test
    void commits_transactions() throws Exception {
        try (var broker = EmbeddedKafkaBroker.start(folder)) {
            makeTopic(broker);
            try (var producer = producer(broker, Map.of("transactional.id", "writer"))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC, "aborted"));
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC, "committed"));
                producer.commitTransaction();
            }
            try (var consumer = consumer(broker)) {
                assertThat(readAtLeast(consumer, 1)).containsExactly("committed");
            }
        }
    }

    @Test
    void makes_no_topic_by_itself() {
        try (var broker = EmbeddedKafkaBroker.start(folder);
                var producer = producer(broker, Map.of("max.block.ms", "500"))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(TOPIC, "lost")).get())
                    .isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void removes_its_temporary_folder() {
        var broker = EmbeddedKafkaBroker.start();
        assertThat(broker.folder()).isNotEmptyDirectory();
        broker.close();
        assertThat(broker.folder().getParent()).doesNotExist();
    }

    private static void makeTopic(EmbeddedKafkaBroker broker) throws Exception {
        try (var admin = Admin.create(client(broker, Map.of()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void readShareGroupFromTheStart(EmbeddedKafkaBroker broker) throws Exception {
        try (var admin = Admin.create(client(broker, Map.of()))) {
            var earliest = new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"),
                    AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(
                    Map.of(new ConfigResource(ConfigResource.Type.GROUP, "sharers"), List.of(earliest))).all().get();
        }
    }

    private static String clusterId(EmbeddedKafkaBroker broker) throws Exception {
        try (var admin = Admin.create(client(broker, Map.of()))) {
            return admin.describeCluster().clusterId().get();
        }
    }

    private static void produce(EmbeddedKafkaBroker broker, String... words) throws Exception {
        try (var producer = producer(broker, Map.of())) {
            for (var word : words) {
                producer.send(new ProducerRecord<>(TOPIC, word)).get();
            }
        }
    }

    private static KafkaProducer<String, String> producer(EmbeddedKafkaBroker broker, Map<String, Object> settings) {
        return new KafkaProducer<>(client(broker, settings), new StringSerializer(), new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(EmbeddedKafkaBroker broker) {
        var consumer = new KafkaConsumer<>(client(broker, Map.of("group.id", "readers", "group.protocol", "consumer",
                "auto.offset.reset", "earliest", "enable.auto.commit", "false", "isolation.level", "read_committed")),
                new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(List.of(TOPIC));
        return consumer;
    }

    private static List<String> readAtLeast(KafkaConsumer<String, String> consumer, int count) {
        var words = new ArrayList<String>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            consumer.poll(SOON).forEach(record -> words.add(record.value()));
            return words.size() >= count;
        });
        return words;
    }

    private static Map<String, Object> client(EmbeddedKafkaBroker broker, Map<String, Object> settings) {
        var all = new HashMap<>(settings);
        all.putAll(broker.client(ServiceLogin.OPERATOR));
        return all;
    }
}
