package io.campaignlauncher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Who gets in to an embedded broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class BrokerForClientsIT {

    private static final String TIME_LIMIT_MS = "1500";

    private Path folder;
    private EmbeddedKafkaBroker broker;

    @BeforeAll
    void start(@TempDir Path given) {
        folder = given;
        broker = EmbeddedKafkaBroker.start(folder);
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @ParameterizedTest
    @EnumSource
    void lets_everybody_in_with_the_password_that_is_theirs(ServiceLogin who) throws Exception {
        assertThat(nodes(Map.copyOf(broker.client(who)))).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void says_to_whoever_has_another_password_that_it_is_wrong(ServiceLogin who) {
        var client = new HashMap<String, Object>(broker.client(who));
        client.compute("sasl.jaas.config", (_, right) -> right.toString().replaceAll("password=\"[^\"]*\"",
                "password=\"guessed\""));
        assertThatThrownBy(() -> nodes(client)).hasRootCauseInstanceOf(SaslAuthenticationException.class)
                .rootCause().hasMessageContaining("invalid credentials");
    }

    @Test
    void knows_no_others() {
        var client = new HashMap<String, Object>(broker.client(ServiceLogin.APP));
        client.compute("sasl.jaas.config", (_, right) -> right.toString().replace("\"app\"", "\"admin\""));
        assertThatThrownBy(() -> nodes(client)).hasRootCauseInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void lets_nobody_in_without_a_password_nor_with_one_in_clear() {
        assertThatThrownBy(() -> nodes(Map.of("bootstrap.servers", broker.bootstrapServers())))
                .isInstanceOf(ExecutionException.class);
        var inClear = new HashMap<String, Object>(broker.client(ServiceLogin.APP));
        inClear.put("sasl.mechanism", "PLAIN");
        inClear.compute("sasl.jaas.config", (_, right) -> right.toString().replace("scram.Scram", "plain.Plain"));
        assertThatThrownBy(() -> nodes(inClear)).rootCause().hasMessageContaining("PLAIN");
    }

    @Test
    void asks_at_the_port_of_the_controller_too() throws Exception {
        var address = FreePorts.LOOPBACK + ":" + broker.controllerPort();
        assertThatThrownBy(() -> nodes(Map.of("bootstrap.controllers", address)))
                .isInstanceOf(ExecutionException.class);
        var client = new HashMap<String, Object>(broker.client(ServiceLogin.OPERATOR));
        client.remove("bootstrap.servers");
        client.put("bootstrap.controllers", address);
        assertThat(nodes(client)).isEqualTo(1);
        var app = new HashMap<String, Object>(broker.client(ServiceLogin.APP));
        app.remove("bootstrap.servers");
        app.put("bootstrap.controllers", address);
        assertThatThrownBy(() -> nodes(app)).hasRootCauseInstanceOf(ClusterAuthorizationException.class);
        client.compute("sasl.jaas.config", (_, right) -> right.toString().replaceAll("password=\"[^\"]*\"",
                "password=\"guessed\""));
        assertThatThrownBy(() -> nodes(client)).hasRootCauseInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void keeps_how_an_operator_an_app_and_our_own_tools_log_in() throws Exception {
        assertThat(kept(EmbeddedKafkaBroker.CLIENT_PROPERTIES)).isEqualTo(broker.client(ServiceLogin.OPERATOR));
        assertThat(kept(EmbeddedKafkaBroker.APP_PROPERTIES)).isEqualTo(broker.client(ServiceLogin.APP));
        assertThat(kept(EmbeddedKafkaBroker.TOOLS_PROPERTIES)).isEqualTo(broker.client(ServiceLogin.TOOLS));
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !file.startsWith(broker.folder())))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file)).as(file.toString())
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
        assertThat(Files.getPosixFilePermissions(broker.folder()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    /** A folder of an older version, which asked for no password, whose port somebody else has taken meanwhile. */
    @Test
    void brings_the_folder_of_an_older_version_up_to_passwords_on_a_port_that_is_free(CapturedOutput output,
            @TempDir Path older) throws Exception {
        String clusterId;
        try (var open = EmbeddedKafkaBroker.startOpen(older);
                var admin = Admin.create(Map.copyOf(open.client(ServiceLogin.APP)))) {
            clusterId = admin.describeCluster().clusterId().get();
        }
        try (var somebodyElse = new ServerSocket(0, 1, InetAddress.getByName(FreePorts.LOOPBACK))) {
            Files.writeString(older.resolve("port"), Integer.toString(somebodyElse.getLocalPort()));
            try (var now = EmbeddedKafkaBroker.start(older);
                    var admin = Admin.create(Map.copyOf(now.client(ServiceLogin.JOB_SERVICE)))) {
                assertThat(admin.describeCluster().clusterId().get()).isEqualTo(clusterId);
                assertThat(admin.describeCluster().nodes().get()).singleElement()
                        .satisfies(node -> assertThat(now.bootstrapServers()).endsWith(":" + node.port()));
                assertThat(output.getAll()).containsOnlyOnce("Kafka listens on port "
                        + now.bootstrapServers().split(":")[1] + " from now on: its port until now, "
                        + somebodyElse.getLocalPort() + ", is taken by somebody else").doesNotContain("\tat ");
                assertThat(Files.readString(older.resolve("port"))).isNotEqualTo(
                        Integer.toString(somebodyElse.getLocalPort()));
                assertThatThrownBy(() -> nodes(Map.of("bootstrap.servers", now.bootstrapServers())));
                try (var app = new BrokerTries(now.client(ServiceLogin.APP))) {
                    assertThat(app.looksAtGroup("app-shop")).isTrue();
                    assertThat(app.looksAtGroup("job-service-requests")).isFalse();
                }
            }
        }
    }

    private Properties kept(String file) throws IOException {
        var kept = new Properties();
        try (var in = Files.newBufferedReader(folder.resolve(file))) {
            kept.load(in);
        }
        return kept;
    }

    private static int nodes(Map<String, Object> client) throws Exception {
        var impatient = new HashMap<>(client);
        impatient.put("default.api.timeout.ms", TIME_LIMIT_MS);
        impatient.put("request.timeout.ms", TIME_LIMIT_MS);
        try (var admin = Admin.create(impatient)) {
            return admin.describeCluster().nodes().get().size();
        }
    }
}
