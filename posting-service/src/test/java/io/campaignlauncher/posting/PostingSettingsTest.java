package io.campaignlauncher.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.posting.model.TelegramPostingSettings;
import io.campaignlauncher.telegram.TelegramProperties;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class PostingSettingsTest {

    private static MockEnvironment environment(String... settings) {
        var environment = new MockEnvironment();
        Arrays.stream(settings).map(one -> one.split("=", 2)).forEach(one -> environment.setProperty(one[0], one[1]));
        return environment;
    }

    private static TelegramPostingSettings settings(String... settings) {
        var environment = environment(settings);
        return Settings.of(environment, SendingProperties.class).settings(
                Settings.of(environment, TelegramProperties.class), Settings.of(environment, PostingProperties.class));
    }

    @Test
    void has_the_defaults_of_the_model() {
        assertThat(settings()).isEqualTo(TelegramPostingSettings.defaults());
    }

    @Test
    void takes_what_is_set() {
        var settings = settings("telegram.timeout=2s", "telegram.log-channel=-1001", "telegram.scan-gap=7",
                "launch.posting.lease=20s");

        assertThat(settings.timeout()).hasSeconds(2);
        assertThat(settings.logChannel()).isEqualTo(-1001);
        assertThat(settings.scanGap()).isEqualTo(7);
        assertThat(settings.lease()).hasSeconds(20);
    }

    @Test
    void names_the_setting_that_breaks_a_rule() {
        assertThatThrownBy(() -> settings("telegram.log-channel=1001")).hasMessageContaining("telegram.log-channel");
        assertThatThrownBy(() -> settings("telegram.max-attempts=0")).hasMessageContaining("telegram.max-attempts");
        assertThatThrownBy(() -> settings("launch.posting.database-connections=0")).rootCause()
                .hasMessageContaining("launch.posting.database-connections");
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://go.example.com", "go.example.com/", "go.example.com:443", "Go.example.com", "go",
        "-go.example.com", "go_.example.com", "go.example.1c", "go..example.com" })
    void takes_for_the_host_of_markers_a_host_name_alone(String host) {
        assertThatThrownBy(
                () -> Settings.of(environment("launch.posting.marker-host=" + host), PostingProperties.class))
                .rootCause().hasMessageContaining("launch.posting.marker-host");
    }

    @Test
    void wants_a_host_of_markers() {
        assertThat(Settings.of(environment("launch.posting.marker-host=go.example.com"), PostingProperties.class)
                .requiredMarkerHost()).isEqualTo("go.example.com");
        assertThatThrownBy(() -> Settings.of(environment(), PostingProperties.class).requiredMarkerHost())
                .hasMessageContaining("set launch.posting.marker-host");
    }

    @Test
    void shows_no_token() {
        var telegram = Settings.of(environment("telegram.token=1:abc"), TelegramProperties.class);

        assertThat(telegram.hasToken()).isTrue();
        assertThat(telegram.botToken().value()).isEqualTo("1:abc");
        assertThat(telegram.toString()).doesNotContain("abc");
    }
}
