package io.campaignlauncher.graph;

import static io.campaignlauncher.graph.Answering.TOKEN;
import static io.campaignlauncher.graph.Answering.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.graph.GraphResult.Success;
import io.campaignlauncher.graph.GraphServer.Reply;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/** Against a server whose certificate the JDK's own tool makes. */
class TlsTest {

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static KeyStore keys;

    private GraphServer server;

    @BeforeAll
    static void makeCertificate() throws Exception {
        var store = folder.resolve("server.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(keytool, "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=test",
                "-ext", "SAN=ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12", "-storepass", PASSWORD,
                "-keystore",
                store.toString()).inheritIO().start();
        assertThat(made.waitFor()).isZero();
        keys = KeyStore.getInstance("PKCS12");
        try (var input = Files.newInputStream(store)) {
            keys.load(input, PASSWORD.toCharArray());
        }
    }

    @BeforeEach
    void openServer() throws Exception {
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD.toCharArray());
        GenericSslContextSpec<?> certificate = Http11SslContextSpec.forServer(keyManagers);
        server = new GraphServer(it -> it.secure(tls -> tls.sslContext(certificate)))
                .replies(Reply.json(200, "{\"id\":\"1\"}"));
    }

    @AfterEach
    void closeServer() {
        server.close();
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE + "Password");
    }

    private static void trustTheServer() throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        var store = folder.resolve("trusted.p12");
        try (var output = Files.newOutputStream(store)) {
            trusted.store(output, PASSWORD.toCharArray());
        }
        System.setProperty(TRUST_STORE, store.toString());
        System.setProperty(TRUST_STORE + "Password", PASSWORD);
    }

    private HttpGraph graph(String host) {
        return HttpGraph.over(GraphSettings.towards(URI.create("https://" + host + ":" + server.uri().getPort())),
                null);
    }

    @Test
    void talks_to_a_server_that_is_trusted() throws Exception {
        trustTheServer();
        try (var graph = graph("127.0.0.1")) {
            assertThat(graph.post(TOKEN, "act_1/ads", Map.of("name", "n")).block().result())
                    .isInstanceOf(Success.class);
            assertThat(server.seen.getFirst().form()).containsEntry("name", "n");
        }
    }

    @Test
    void sends_nothing_to_a_server_whose_certificate_has_another_name() throws Exception {
        trustTheServer();
        isRefused("localhost", "localhost");
    }

    @Test
    void sends_nothing_to_a_server_that_is_not_trusted() {
        isRefused("127.0.0.1", "unable to find valid certification path");
    }

    private void isRefused(String host, String why) {
        try (var graph = graph(host)) {
            var error = error(graph.post(TOKEN, "act_1/ads", Map.of("name", "n")));

            assertThat(error.kind()).isEqualTo(GraphError.Kind.TEMPORARY);
            assertThat(error.outcomeUnknown()).isFalse();
            assertThat(error.message()).contains("Cert", why);
            assertThat(server.seen).isEmpty();
        }
    }
}
