package io.campaignlauncher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedInfrastructureIT {

    @TempDir
    Path folder;

    @Test
    void starts_both_and_leaves_nothing_running() {
        PostgresProcess process;
        int brokerPort;
        try (var both = EmbeddedInfrastructure.start(folder, Duration.ZERO)) {
            process = PostgresProcess.on(folder.resolve("postgres/data")).orElseThrow();
            brokerPort = Integer.parseInt(both.kafka().bootstrapServers().split(":")[1]);
            assertThat(process.isAlive()).isTrue();
            assertThat(FreePorts.isTaken(brokerPort)).isTrue();
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(FreePorts.isTaken(brokerPort)).isFalse();
    }

    @Test
    void closes_the_broker_when_the_database_does_not_start() throws IOException {
        Files.createFile(folder.resolve("postgres"));
        assertThatThrownBy(() -> EmbeddedInfrastructure.start(folder, Duration.ZERO));
        // Kafka locks its folder: a second broker starts there only when the first has gone.
        EmbeddedKafkaBroker.start(folder.resolve("kafka")).close();
    }

    @Test
    void closes_the_database_when_the_broker_does_not_start() throws IOException {
        Files.createFile(folder.resolve("kafka"));
        assertThatThrownBy(() -> EmbeddedInfrastructure.start(folder, Duration.ZERO));
        assertThat(PostgresProcess.on(folder.resolve("postgres/data"))).isEmpty();
    }
}
