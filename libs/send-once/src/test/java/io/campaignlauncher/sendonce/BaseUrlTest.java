package io.campaignlauncher.sendonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {

    @ParameterizedTest
    @ValueSource(strings = { "https://graph.facebook.com", " https://graph.facebook.com/ ", "http://127.0.0.1:8090",
        "http://[::1]:8090", "http://localhost:8090/", "http://graph.localhost", "https://10.0.0.1/base" })
    void tokens_may_go_over_https_anywhere_and_over_http_within_this_machine(String text) {
        assertThat(BaseUrl.of("graph", text, false)).hasToString(text.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://graph.facebook.com", "http://10.0.0.1:9000", "http://localhost.example.com",
        "http://[2001:db8::1]" })
    void tokens_do_not_go_over_http_to_another_machine_unless_it_is_allowed(String text) {
        assertThatThrownBy(() -> BaseUrl.of("graph", text, false)).hasMessageContaining("graph.base-url must be https")
                .hasMessageContaining("graph.allow-http");
        assertThat(BaseUrl.of("graph", text, true)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://graph_fake:9000", "https://a_b.example.com", "ftp://x", "graph.facebook.com",
        "https://", "https:graph", "https://user:secret@graph.facebook.com", "https://graph.facebook.com?a=b", "a b" })
    void what_cannot_be_reached_ends_the_start_with_a_sentence_that_names_the_setting(String text) {
        assertThatThrownBy(() -> BaseUrl.of("graph", text, true)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("graph.base-url")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }
}
