package io.campaignlauncher.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The servers that this machine gives. */
class TestServersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void are_the_same_for_all_who_share_them() {
        var servers = TestServers.shared();
        assertThat(servers).isEqualTo(TestServers.shared());
        assertThat(servers.kafka()).isSameAs(TestBroker.shared());
        assertThat(servers.database()).isSameAs(TestDatabase.shared());
    }

    @Test
    void an_emptied_broker_has_neither_topics_nor_groups_nor_offsets() throws Exception {
        var broker = TestBroker.shared().emptied();
        var client = Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers());
        try (var admin = Admin.create(client)) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, "s"),
                    List.of(new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"),
                            AlterConfigOp.OpType.SET))))
                    .all().get();
            for (var round = 0; round < 2; round++) {
                admin.createTopics(List.of(new NewTopic("a", Optional.of(2), Optional.empty()))).all().get();
                readAndCommit(broker, "only " + round);
                assertThat(admin.listTopics().names().get()).containsExactly("a");
                assertThat(admin.listGroups().all().get()).hasSize(2);

                broker.emptied();
                assertThat(admin.listTopics().names().get()).isEmpty();
                assertThat(admin.listGroups().all().get()).isEmpty();
            }
        }
    }

    /** With a group and with a share group, which both must find what is written now and nothing else. */
    private static void readAndCommit(TestBroker broker, String value) throws Exception {
        var strings = new StringDeserializer();
        var bootstrap = Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers());
        try (var producer = new KafkaProducer<>(bootstrap, new StringSerializer(), new StringSerializer());
                var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id",
                        "g", "group.protocol", "consumer", "auto.offset.reset", "earliest"), strings, strings);
                var sharing = new KafkaShareConsumer<>(Map.of("bootstrap.servers", broker.bootstrapServers(),
                        "group.id", "s"), strings, strings)) {
            producer.send(new ProducerRecord<>("a", 1, "key", value)).get();
            consumer.subscribe(List.of("a"));
            sharing.subscribe(List.of("a"));
            Awaitility.await().atMost(PATIENCE).until(() -> {
                var records = consumer.poll(Duration.ofMillis(50));
                records.forEach(record -> assertThat(record.value()).isEqualTo(value));
                return !records.isEmpty();
            });
            consumer.commitSync();
            Awaitility.await().atMost(PATIENCE).until(() -> {
                var records = sharing.poll(Duration.ofMillis(50));
                records.forEach(record -> assertThat(record.value()).isEqualTo(value));
                return !records.isEmpty();
            });
            sharing.commitSync();
        }
    }

    @Test
    void makes_a_database_once() throws Exception {
        var server = TestDatabase.shared();
        var url = server.createDatabase("made_once");
        assertThat(server.createDatabase("made_once")).isEqualTo(url).isEqualTo(server.jdbcUrl("made_once"));
        try (var connection = DriverManager.getConnection(url, server.username(), server.password())) {
            assertThat(connection.getCatalog()).isEqualTo("made_once");
        }
        assertThatThrownBy(() -> server.createDatabase("no name; at all"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_server_of_ones_own_ends_when_it_is_closed() throws Exception {
        String url;
        try (var own = TestDatabase.start()) {
            url = own.jdbcUrl();
            DriverManager.getConnection(url, own.username(), own.password()).close();
        }
        assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "postgres"));
    }
}
