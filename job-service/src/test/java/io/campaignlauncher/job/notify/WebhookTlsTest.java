package io.campaignlauncher.job.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.campaignlauncher.job.notify.model.Delivery;
import io.campaignlauncher.job.notify.model.DeliveryResponse;
import io.campaignlauncher.job.notify.model.NotificationKind;
import io.campaignlauncher.job.notify.model.Signing;
import io.campaignlauncher.job.notify.model.SigningSecrets;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over https, against a server whose certificate is made for the test. */
class WebhookTlsTest {

    private static final SigningSecrets SECRETS = SigningSecrets.of(Base64.getEncoder().encodeToString(new byte[32]));
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "changeit";
    private static final String NAME = "hooks.example.com";

    @TempDir
    static Path folder;

    private static X509Bundle certificate;

    private final AtomicInteger received = new AtomicInteger();
    private HttpsServer server;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = new CertificateBuilder().subject("CN=test").ecp256().setIsCertificateAuthority(true)
                .addSanDnsName(NAME).buildSelfSigned();
    }

    @BeforeEach
    void openServer() throws Exception {
        var tls = SSLContext.getInstance("TLS");
        tls.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> {
            try (exchange) {
                received.incrementAndGet();
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void closeServer() {
        server.stop(0);
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

    private DeliveryResponse send(String host) {
        // The name stands for this machine, so it has to be allowed here.
        var settings = new WebhookSettings(true, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(5),
                Duration.ofHours(1), Duration.ofHours(24), 10, 4, Duration.ofMillis(50), Duration.ofDays(30));
        try (var sender = new WebhookSender(settings, _ -> new FixedNames("127.0.0.1"))) {
            return sender.send(new Delivery(new UUID(1, 2), NotificationKind.FAILED, null,
                    "https://" + host + ":" + server.getAddress().getPort() + "/hook", host, "{}", null, 1,
                    Instant.EPOCH,
                    Instant.EPOCH), Signing.With.secretForAll(SECRETS), Instant.EPOCH);
        }
    }

    @Test
    void tells_a_server_that_is_trusted() throws Exception {
        trustTheServer();
        assertThat(send(NAME)).isEqualTo(new DeliveryResponse.Answered(200));
        assertThat(received).hasValue(1);
    }

    @Test
    void tells_nothing_to_a_server_whose_certificate_has_another_name() throws Exception {
        trustTheServer();
        isRefused("other.example.com", "other.example.com");
    }

    @Test
    void tells_nothing_to_a_server_that_is_not_trusted() {
        isRefused(NAME, "unable to find valid certification path");
    }

    private void isRefused(String host, String why) {
        assertThat(send(host)).isInstanceOfSatisfying(DeliveryResponse.Unanswered.class,
                unanswered -> assertThat(unanswered.reason()).contains(why));
        assertThat(received).hasValue(0);
    }
}
