package io.campaignlauncher.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.embedded.EmbeddedDatabase;
import io.campaignlauncher.embedded.EmbeddedKafkaBroker;
import java.io.IOException;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.testcontainers.kafka.KafkaContainer;

/** A container behaves as an embedded server does only where both have the same settings. */
class ContainersIT {

    /** Where a broker listens and keeps its data: the image says it for itself. */
    private static final Set<String> OF_THE_PLACE = Set.of("process.roles", "node.id", "broker.id",
            "controller.quorum.voters",
            "listeners", "advertised.listeners", "listener.security.protocol.map", "inter.broker.listener.name",
            "controller.listener.names", "log.dirs");

    @Test
    void the_kafka_container_has_every_setting_of_the_embedded_broker() throws Exception {
        try (var broker = EmbeddedKafkaBroker.startOpen();
                var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            var node = new ConfigResource(ConfigResource.Type.BROKER, "1");
            var embedded = admin.describeConfigs(List.of(node)).all().get().get(node).entries().stream()
                    .filter(entry -> entry.source() == ConfigEntry.ConfigSource.STATIC_BROKER_CONFIG
                            || entry.source() == ConfigEntry.ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG)
                    .filter(entry -> !OF_THE_PLACE.contains(entry.name()))
                    .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));

            assertThat(Containers.settings(Containers.KAFKA_SETTINGS)).containsExactlyInAnyOrderEntriesOf(embedded);
        }
    }

    @Test
    void the_postgresql_container_has_the_settings_of_the_embedded_database() throws Exception {
        try (var database = EmbeddedDatabase.start();
                var connection = DriverManager.getConnection(database.jdbcUrl(), database.username(),
                        database.password());
                var statement = connection.createStatement()) {
            for (var setting : Containers.settings(Containers.POSTGRES_SETTINGS).entrySet()) {
                try (var shown = statement.executeQuery("SHOW " + setting.getKey())) {
                    assertThat(shown.next()).isTrue();
                    assertThat(shown.getString(1)).as(setting.getKey()).isEqualTo(setting.getValue());
                }
            }
            try (var locale = statement.executeQuery(
                    "SELECT datlocprovider, datlocale, datcollate, pg_encoding_to_char(encoding) FROM pg_database"
                            + " WHERE datname = 'postgres'")) {
                assertThat(locale.next()).isTrue();
                assertThat(List.of(locale.getString(1), locale.getString(2), locale.getString(3), locale.getString(4)))
                        .containsExactly("b", "C.UTF-8", "C", "UTF8");
            }
        }
    }

    @Test
    void says_which_container_did_not_start_and_what_does_without() {
        KafkaContainer broken = new KafkaContainer("apache/kafka:none") {

            @Override
            public void start() {
                throw new IllegalStateException("no container", new IOException("pull access denied"));
            }
        };
        assertThatThrownBy(() -> Containers.started(broken, "apache/kafka:none"))
                .hasMessage("the container of apache/kafka:none did not start"
                        + " (-Dlaunch.test.servers=embedded does without Docker): pull access denied");
    }

    @Test
    void hands_the_settings_to_the_images_as_they_want_them() {
        assertThat(Containers.kafkaEnvironment(Map.of("group.share.session.timeout.ms", "10000")))
                .containsExactly(Map.entry("KAFKA_GROUP_SHARE_SESSION_TIMEOUT_MS", "10000"));
        assertThat(Containers.postgresCommand(Map.of("wal_level", "logical")))
                .containsExactly("postgres", "-c", "wal_level=logical");
    }
}
