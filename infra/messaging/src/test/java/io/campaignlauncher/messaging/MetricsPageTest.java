package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Metrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** What a process without an HTTP API shows to Prometheus, and when. */
class MetricsPageTest {

    @Test
    void shows_what_the_process_counts_and_nothing_else() throws Exception {
        var counter = Metrics.counter("metrics.page.test", "kind", "counted");
        var page = new MetricsPage("127.0.0.1", 0);
        page.start();
        try {
            counter.increment(3);
            assertThat(get(page, MetricsPage.PATH).body()).contains("metrics_page_test_total{kind=\"counted\"} 3.0")
                    .contains("jvm_memory_used_bytes").contains("process_uptime_seconds");
            assertThat(get(page, "/").statusCode()).isEqualTo(404);
            assertThat(get(page, "/actuator/env").statusCode()).isEqualTo(404);
        } finally {
            page.stop();
            Metrics.globalRegistry.remove(counter);
        }
        assertThat(page.isRunning()).isFalse();
    }

    @Test
    void says_which_port_is_taken() {
        var first = new MetricsPage("127.0.0.1", 0);
        first.start();
        try {
            var second = new MetricsPage("127.0.0.1", first.port());
            assertThatThrownBy(second::start).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + first.port()).hasMessageContaining("management.server.port");
            assertThat(second.isRunning()).isFalse();
        } finally {
            first.stop();
        }
    }

    @Test
    void can_be_served_again_after_it_was_stopped() throws Exception {
        var page = new MetricsPage("127.0.0.1", 0);
        page.start();
        page.stop();
        page.start();
        try {
            assertThat(get(page, MetricsPage.PATH).body()).contains("jvm_memory_used_bytes");
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

    private static boolean isServed(Map<String, Object> settings) {
        try (var context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
            context.register(MetricsPageConfiguration.class);
            context.refresh();
            return context.getBeansOfType(MetricsPage.class).values().stream().anyMatch(MetricsPage::isRunning);
        }
    }

    private static HttpResponse<String> get(MetricsPage page, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path)).build(),
                    BodyHandlers.ofString());
        }
    }
}
