package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

/** A start that fails half-way leaves nothing behind that runs. */
@OnRunningSystem
class FailedStartIT {

    private static final int TOO_LARGE = 2 * 1024 * 1024;

    private final RunningSystem system;

    FailedStartIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void ends_the_services_when_a_later_step_fails() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var sameServers = Stream.of("kafka.bootstrap-servers", "kafka.properties.security.protocol",
                "kafka.properties.sasl.mechanism", "kafka.properties.sasl.jaas.config", "spring.datasource.username",
                "spring.datasource.password", "graph.base-url", "launch.credentials.key", "launch.webhook.secret")
                .map(name -> "--" + name + "=" + system.standalone().properties().get(name));
        var arguments = Stream.concat(sameServers, Stream.of("--server.port=" + port,
                "--spring.datasource.url=" + system.standalone().database().createDatabase("failed_start"),
                "--launch.feed.slot=failed_start",
                "--standalone.access-token=" + "x".repeat(TOO_LARGE))).toArray(String[]::new);

        assertThat(catchThrowable(() -> Standalone.start(arguments).close()))
                .as("the token cannot be stored, by services that run").isInstanceOf(RecordTooLargeException.class);

        assertThat(catchThrowable(() -> new Socket(InetAddress.getLoopbackAddress(), port).close()))
                .isInstanceOf(ConnectException.class);
        System.gc();
        assertThat(Scrape.of(system).value("progress_stalled_seconds", Map.of("part", "creation")))
                .as("the figures of the one that runs are still seen").isLessThan(60);
    }
}
