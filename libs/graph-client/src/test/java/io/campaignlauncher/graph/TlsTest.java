package io.campaignlauncher.graph;

import static io.campaignlauncher.graph.Answering.TOKEN;
import static io.campaignlauncher.graph.Answering.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.graph.GraphResult.Success;
import io.campaignlauncher.graph.GraphServer.Reply;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/** Against a server whose certificate is made for the test. */
class TlsTest {

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static X509Bundle certificate;

    private GraphServer server;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = new CertificateBuilder().subject("CN=test").ecp256().setIsCertificateAuthority(true)
                .addSanIpAddress("127.0.0.1").buildSelfSigned();
    }

    @BeforeEach
    void openServer() throws Exception {
        GenericSslContextSpec<?> certified = Http11SslContextSpec.forServer(certificate.toKeyManagerFactory());
        server = new GraphServer(it -> it.secure(tls -> tls.sslContext(certified)))
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
        trusted.setCertificateEntry("server", certificate.getCertificate());
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
