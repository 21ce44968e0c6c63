package io.campaignlauncher.graph;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GraphSettingsTest {

    private static final URI BASE = URI.create("https://graph.facebook.com");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static void isRefused(String name, URI base, Duration request, Duration connect, int connections,
            int pending) {
        assertThatThrownBy(() -> new GraphSettings(base, "v24.0", request, connect, connections, pending))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(name);
    }

    @Test
    void refuses_what_cannot_work_and_says_which() {
        isRefused("graph.base-url", URI.create("ftp://x"), SECOND, SECOND, 1, 1);
        isRefused("graph.request-timeout", BASE, Duration.ZERO, SECOND, 1, 1);
        isRefused("graph.connect-timeout", BASE, SECOND, Duration.ofSeconds(-1), 1, 1);
        isRefused("graph.connections-max", BASE, SECOND, SECOND, 0, 1);
        isRefused("graph.pending-max", BASE, SECOND, SECOND, 1, 0);
    }
}
