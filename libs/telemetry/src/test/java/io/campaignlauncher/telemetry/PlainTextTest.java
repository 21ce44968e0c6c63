package io.campaignlauncher.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    @ParameterizedTest
    @ValueSource(ints = { 0, '\n', '\r', '\t', 0x1B, 0x7F, 0x85, 0x9B, 0x061C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066,
        0x2069,
        0x2028, 0x2029, 0xD83D, 0xDC00 })
    void what_steers_a_terminal_becomes_a_blank(int character) {
        assertThat(PlainText.oneLine("a" + Character.toString(character) + "b")).isEqualTo("a b");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "Spring sale", "漢字 שלום مرحبا", "\uD83D\uDE00 e\u0301", "a\u200Db" })
    void other_text_stays_as_it_is(String text) {
        assertThat(PlainText.oneLine(text)).isSameAs(text);
    }

    @Test
    void a_text_is_cut_between_characters() {
        for (int max = 2; max < 20; max++) {
            var cut = PlainText.cut("xab | " + "\uD83D\uDE00".repeat(600), max);
            assertThat(cut.length()).isBetween(max - 1, max);
            assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo(cut);
            assertThat(cut).doesNotContain("?").endsWith("…");
        }
        assertThat(PlainText.cut("short", 5)).isEqualTo("short");
        assertThat(PlainText.beginning("\uD83D\uDE00", 1)).isEmpty();
    }
}
