package io.campaignlauncher.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.graph.GraphSettings;
import io.campaignlauncher.messaging.Settings;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class GraphPropertiesTest {

    private final MockEnvironment properties = new MockEnvironment();

    @Test
    void takes_the_defaults_for_all_but_the_address() {
        properties.setProperty("graph.base-url", "https://graph.facebook.com");

        assertThat(Settings.of(properties, GraphProperties.class).settings())
                .isEqualTo(GraphSettings.towards(URI.create("https://graph.facebook.com")));
    }

    @Test
    void takes_what_is_set() {
        properties.withProperty("graph.base-url", "http://127.0.0.1:8090")
                .withProperty("graph.api-version", "v25.0")
                .withProperty("graph.request-timeout", "1500ms")
                .withProperty("graph.connections-max", "7");

        var settings = Settings.of(properties, GraphProperties.class).settings();
        assertThat(settings.apiVersion()).isEqualTo("v25.0");
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.connectionsMax()).isEqualTo(7);
    }

    @Test
    void names_the_property_that_is_missing() {
        assertThatThrownBy(() -> Settings.of(properties, GraphProperties.class).settings())
                .hasMessageContaining("graph.base-url");
    }
}
