package io.campaignlauncher.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostTest {

    private static Post marked(String marker, String link) {
        return new Post(-1, new Post.Content.Text("An offer", List.of(TextEntity.link(3, 5, link)), true), List.of(),
                false, marker);
    }

    @Test
    void takes_a_marker_that_it_has_as_a_link_or_as_a_button() {
        var address = "https://ads.example/t/1";
        assertThat(marked(address, address).marker()).isEqualTo(address);
        assertThat(new Post(-1, new Post.Content.Photo("file", "", List.of()),
                List.of(new Post.UrlButton("Open", address)), false, address).marker()).isEqualTo(address);
        assertThatThrownBy(() -> marked(address, "https://ads.example/t/2"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("marker").hasMessageContaining(
                        address);
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://ads.example", "ads.example/t/1", "https://Ads.example/t/1", "https:///t/1",
        "https://ads.example/t 1" })
    void takes_no_marker_that_telegram_would_write_differently(String marker) {
        assertThatThrownBy(() -> marked(marker, marker)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("marker");
    }

    @Test
    void settings_name_what_is_wrong_with_them() {
        assertThatThrownBy(() -> TelegramSettings.towards("http://telegram.example", false))
                .hasMessageContaining("telegram.base-url must be https").hasMessageContaining("telegram.allow-http");
        var settings = TelegramSettings.towards("http://127.0.0.1:8091/", false);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThatThrownBy(() -> settings.withTimeout(Duration.ZERO)).hasMessageContaining("telegram.timeout");
    }
}
