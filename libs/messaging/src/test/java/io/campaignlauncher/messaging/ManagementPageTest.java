package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.frontdoor.ThisMachineOnly;
import io.campaignlauncher.testing.TestBroker;
import io.micrometer.core.instrument.Metrics;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** What a process without an HTTP API shows to Prometheus, and when. */
class ManagementPageTest {

    @Test
    void shows_what_the_process_counts_and_nothing_else() throws Exception {
        var counter = Metrics.counter("metrics.page.test", "kind", "counted");
        var page = new ManagementPage("127.0.0.1", 0, Map.of());
        page.start();
        try {
            counter.increment(3);
            assertThat(get(page, ManagementPage.METRICS).body())
                    .contains("metrics_page_test_total{kind=\"counted\"} 3.0")
                    .contains("jvm_memory_used_bytes").contains("process_uptime_seconds");
            assertThat(get(page, "/").statusCode()).isEqualTo(404);
            assertThat(get(page, "/actuator/health").statusCode()).isEqualTo(404);
            assertThat(get(page, "/actuator/env").statusCode()).isEqualTo(404);
        } finally {
            page.stop();
            Metrics.globalRegistry.remove(counter);
        }
        assertThat(page.isRunning()).isFalse();
    }

    @Test
    void is_ready_while_every_check_is_up_and_alive_all_the_same() throws Exception {
        var part = new AtomicReference<>(Health.up().build());
        var page = new ManagementPage("127.0.0.1", 0,
                Map.of("kafka", () -> Health.up().withDetail("brokers", 3).build(), "progress", part::get));
        page.start();
        try {
            var ready = get(page, ManagementPage.READINESS);
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.headers().firstValue("content-type")).hasValue("application/json");
            var body = JsonMapper.shared().readTree(ready.body());
            assertThat(body.path("status").asString()).isEqualTo("UP");
            assertThat(body.at("/components/kafka/status").asString()).isEqualTo("UP");
            assertThat(body.at("/components/kafka/details/brokers").asInt()).isEqualTo(3);
            assertThat(body.at("/components/progress/status").asString()).isEqualTo("UP");

            part.set(Health.down().withDetail("verification", "stalled for 90 s").build());
            assertThat(get(page, ManagementPage.READINESS).statusCode()).isEqualTo(503);
            assertThat(get(page, ManagementPage.READINESS).body()).contains("\"status\":\"DOWN\"")
                    .contains("\"verification\":\"stalled for 90 s\"");
            assertThat(get(page, ManagementPage.LIVENESS).statusCode()).isEqualTo(200);
            assertThat(get(page, ManagementPage.LIVENESS).body()).isEqualTo("{\"status\":\"UP\"}");
        } finally {
            page.stop();
        }
    }

    @Test
    void is_behind_the_front_door_with_the_settings_of_the_service() throws Exception {
        try (var context = new AnnotationConfigApplicationContext()) {
            start(context, Map.of("management.server.port", "0", "launch.http.hosts", "metrics.example,other.example",
                    "launch.http.head-patience", "7s"));
            assertThat(Doors.settings(context.getEnvironment()).headPatience()).hasSeconds(7);
            var port = context.getBean(ManagementPage.class).port();
            assertThat(asked(port, "metrics.example")).startsWith("HTTP/1.1 200")
                    .contains("x-content-type-options: nosniff");
            assertThat(asked(port, "localhost:" + port)).startsWith("HTTP/1.1 200");
            assertThat(asked(port, "evil.example")).startsWith("HTTP/1.1 421").contains("application/problem+json");
        }
    }

    private static String asked(int port, String host) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(("GET " + ManagementPage.LIVENESS + " HTTP/1.1\r\nHost: " + host
                    + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void ends_a_start_with_an_address_that_is_not_on_this_machine_alone() {
        for (var setting : List.of("server.address", "management.server.address")) {
            for (var address : List.of("0.0.0.0", "::", "192.0.2.1", "")) {
                assertThatThrownBy(() -> isServed(Map.of("management.server.port", "0", setting, address)))
                        .isInstanceOf(ThisMachineOnly.class).hasMessageContaining(setting)
                        .hasMessageContaining("until there is a log-in");
            }
        }
    }

    @Test
    void says_which_port_is_taken() {
        var first = new ManagementPage("127.0.0.1", 0, Map.of());
        first.start();
        try {
            var second = new ManagementPage("127.0.0.1", first.port(), Map.of());
            assertThatThrownBy(second::start).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + first.port()).hasMessageContaining("management.server.port");
            assertThat(second.isRunning()).isFalse();
        } finally {
            first.stop();
        }
    }

    @Test
    void can_be_served_again_after_it_was_stopped() throws Exception {
        var page = new ManagementPage("127.0.0.1", 0, Map.of());
        page.start();
        page.stop();
        page.start();
        try {
            assertThat(get(page, ManagementPage.METRICS).body()).contains("jvm_memory_used_bytes");
        } finally {
            page.stop();
        }
    }

    @Test
    void a_service_serves_one_only_where_it_is_given_a_port() {
        assertThat(isServed(Map.of())).isFalse();
        assertThat(isServed(Map.of("management.server.port", "-1"))).isFalse();
        assertThat(isServed(Map.of("management.server.port", "0"))).isTrue();
        assertThat(isServed(Map.of("management.server.port", "0", "launch.metrics-page", "false"))).isFalse();
        assertThatThrownBy(() -> isServed(Map.of("management.server.port", "70000"))).rootCause()
                .hasMessageContaining("not 70000");
    }

    @Test
    void is_not_served_in_mode_tokens_where_nobody_asks_who_is_there() {
        assertThatThrownBy(() -> isServed(Map.of("management.server.port", "0", "launch.security.mode", "tokens")))
                .rootCause().hasMessageContaining("PageGuard");
    }

    private static boolean isServed(Map<String, Object> settings) {
        try (var context = new AnnotationConfigApplicationContext()) {
            start(context, settings);
            return context.getBeansOfType(ManagementPage.class).values().stream().anyMatch(ManagementPage::isRunning);
        }
    }

    private static void start(AnnotationConfigApplicationContext context, Map<String, Object> settings) {
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        context.registerBean(KafkaSettings.class,
                () -> KafkaSettings.of("test", "127.0.0.1:1", (short) -1, TestBroker.CLIENT_SETTINGS));
        context.registerBean(KafkaPresence.class, () -> new KafkaPresence(
                KafkaSettings.of("test", "127.0.0.1:1", (short) -1, TestBroker.CLIENT_SETTINGS)));
        context.registerBean(Readiness.class, Readiness::always);
        context.register(ManagementPageConfiguration.class);
        new Doors().initialize(context);
        context.refresh();
    }

    private static HttpResponse<String> get(ManagementPage page, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path)).build(),
                    BodyHandlers.ofString());
        }
    }
}
