package io.campaignlauncher.job.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.campaignlauncher.job.model.PublicAddresses;
import io.campaignlauncher.job.notify.model.Delivery;
import io.campaignlauncher.job.notify.model.DeliveryResponse.Answered;
import io.campaignlauncher.job.notify.model.DeliveryResponse.Unanswered;
import io.campaignlauncher.job.notify.model.DeliveryResponse;
import io.campaignlauncher.job.notify.model.NotificationKind;
import io.campaignlauncher.job.notify.model.Signing;
import io.campaignlauncher.job.notify.model.SigningSecrets;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One attempt, against servers that behave and others. */
class WebhookSenderTest {

    private static final SigningSecrets SECRETS = SigningSecrets.of(Base64.getEncoder().encodeToString(new byte[32]));
    private static final Signing.With UNREGISTERED = Signing.With.secretForAll(SECRETS);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private static WebhookSettings settings(boolean privateAllowed, Duration timeout) {
        return new WebhookSettings(privateAllowed, timeout, timeout, Duration.ofSeconds(5), Duration.ofHours(1),
                Duration.ofHours(24), 10, 4, Duration.ofMillis(50), Duration.ofDays(30));
    }

    private static Delivery to(String address) {
        return new Delivery(new UUID(1, 2), NotificationKind.COMPLETED, null, address, "host", "{\"a\":1}",
                Receiver.TRACE, 1,
                NOW, NOW);
    }

    private static DeliveryResponse send(String address) {
        return send(address, PATIENCE);
    }

    private static DeliveryResponse send(String address, Duration timeout) {
        try (var sender = new WebhookSender(settings(true, timeout))) {
            return sender.send(to(address), UNREGISTERED, NOW);
        }
    }

    private static String reason(DeliveryResponse answer) {
        assertThat(answer).isInstanceOf(Unanswered.class);
        var reason = ((Unanswered) answer).reason();
        assertThat(reason).isNotBlank().doesNotContain(Receiver.SECRET_PART);
        return reason;
    }

    @Test
    void sends_the_body_with_its_headers() {
        try (var receiver = Receiver.answering(204)) {
            assertThat(send(receiver.address())).isEqualTo(new Answered(204));
            assertThat(receiver.received()).singleElement().satisfies(got -> {
                assertThat(got.method()).isEqualTo("POST");
                assertThat(got.path()).isEqualTo("/hook?key=" + Receiver.SECRET_PART);
                assertThat(got.contentType()).isEqualTo("application/json");
                assertThat(got.userAgent()).startsWith("campaign-launcher");
                assertThat(got.id()).isEqualTo(to("").id().toString());
                assertThat(got.timestamp()).isEqualTo(Long.toString(NOW.getEpochSecond()));
                assertThat(got.signature()).isEqualTo(SECRETS.signature(to("").id(), NOW, "{\"a\":1}"));
                assertThat(got.traceparent()).startsWith(Receiver.TRACE.substring(0, 35)).isNotEqualTo(Receiver.TRACE);
                assertThat(got.body()).asString().isEqualTo("{\"a\":1}");
                assertThat(got.headers().keySet()).as("nobody registered it").noneMatch(
                        name -> name.toLowerCase(Locale.ROOT).startsWith("webhook-"));
            });
        }
    }

    @Test
    void reports_how_long_the_receiver_wants_to_be_left_alone() {
        try (var receiver = Receiver.answering((exchange, _) -> {
            exchange.getResponseHeaders().add("Retry-After", "120");
            exchange.sendResponseHeaders(503, -1);
        })) {
            assertThat(send(receiver.address())).isEqualTo(new Answered(503, Duration.ofMinutes(2)));
        }
    }

    @Test
    void follows_no_redirect() {
        try (var elsewhere = Receiver.answering(200);
                var receiver = Receiver.answering((exchange, _) -> {
                    exchange.getResponseHeaders().add("location", elsewhere.address());
                    exchange.sendResponseHeaders(307, -1);
                })) {
            assertThat(send(receiver.address())).isEqualTo(new Answered(307));
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @Test
    void does_not_read_an_answer_without_end() throws Exception {
        var cutOff = new CountDownLatch(1);
        try (var receiver = Receiver.answering((exchange, _) -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                while (true) {
                    body.write(new byte[64 * 1024]);
                }
            } catch (IOException closed) {
                cutOff.countDown();
            }
        })) {
            assertThat(send(receiver.address())).isEqualTo(new Answered(200));
            assertThat(cutOff.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void waits_no_longer_than_the_time_out() {
        try (var receiver = Receiver.answering((_, _) -> new CountDownLatch(1).await())) {
            assertThat(reason(send(receiver.address(), SOON))).contains("no answer within 2000 ms");
            assertThat(receiver.received()).hasSize(1);
        }
    }

    @Test
    void asks_once_though_the_connection_breaks_off() {
        try (var receiver = Receiver.answering((exchange, _) -> exchange.close())) {
            reason(send(receiver.address()));
            assertThat(receiver.received()).hasSize(1);
        }
    }

    @Test
    void asks_once_though_the_connection_is_reset() throws Exception {
        var connections = new AtomicInteger();
        try (var listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        var connection = listening.accept();
                        connections.incrementAndGet();
                        connection.getInputStream().read();
                        // Closed with what was sent unread, and without a wait: the other side sees a reset.
                        connection.setSoLinger(true, 0);
                        connection.close();
                    }
                } catch (IOException closed) {
                    // The test is over.
                }
            });
            assertThat(reason(send("http://127.0.0.1:" + listening.getLocalPort() + "/"))).contains("reset");
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void a_port_where_nobody_listens_is_no_answer() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(reason(send("http://127.0.0.1:" + port + "/?key=" + Receiver.SECRET_PART))).contains("refused");
    }

    @Test
    void a_server_that_speaks_no_tls_gets_nothing_over_https() {
        try (var receiver = Receiver.answering(200)) {
            reason(send(receiver.address().replace("http:", "https:"), SOON));
            assertThat(receiver.received()).isEmpty();
        }
    }

    @Test
    void an_address_that_is_not_allowed_any_more_is_not_connected_to() {
        try (var receiver = Receiver.answering(200);
                var sender = new WebhookSender(settings(false, PATIENCE))) {
            assertThat(reason(sender.send(to(receiver.address()), UNREGISTERED, NOW)))
                    .contains("must be an https address");
            assertThat(reason(sender.send(to("https://127.0.0.1:" + receiver.port()), UNREGISTERED, NOW)))
                    .contains("must be a public address");
            assertThat(receiver.received()).isEmpty();
        }
    }

    @Test
    void a_name_that_stands_for_this_machine_is_not_connected_to() throws Exception {
        try (var listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var address = "https://hooks.example.com:" + listening.getLocalPort() + "/";
            try (var sender = new WebhookSender(settings(false, PATIENCE),
                    _ -> new FixedNames("127.0.0.1", "::1", "10.1.2.3"))) {
                assertThat(reason(sender.send(to(address), UNREGISTERED, NOW)))
                        .contains("hooks.example.com has no address that may be told");
            }
            try (var sender = new WebhookSender(settings(true, SOON), _ -> new FixedNames("127.0.0.1"))) {
                assertThat(reason(sender.send(to(address), UNREGISTERED, NOW))).as("it is reached, but nobody answers")
                        .contains("no answer within");
            }
            try (var connection = listening.accept()) {
                assertThat(connection.isConnected()).as("the only one that came was allowed").isTrue();
            }
            listening.setSoTimeout(1);
            assertThat(catchThrowable(listening::accept))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void connects_to_what_was_checked_and_to_nothing_else() throws Exception {
        try (var addresses = new CheckedAddresses(new FixedNames("10.0.0.1", "93.184.216.34", "169.254.169.254"),
                PublicAddresses::contain)) {
            var resolver = addresses.getResolver(ImmediateEventExecutor.INSTANCE);
            var name = InetSocketAddress.createUnresolved("hooks.example.com", 443);
            assertThat(resolver.resolveAll(name).get()).containsExactly(
                    new InetSocketAddress(InetAddress.ofLiteral("93.184.216.34"), 443));
            assertThat(resolver.resolve(name).get().getAddress().getHostAddress()).isEqualTo("93.184.216.34");
            var literal = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 443);
            assertThat(resolver.isResolved(literal)).as("an IP address is checked as well").isFalse();
            assertThat(resolver.resolve(literal).await().cause()).isInstanceOf(UnknownHostException.class);
            assertThat(resolver.resolveAll(literal).await().cause()).isInstanceOf(UnknownHostException.class);
        }
    }
}
