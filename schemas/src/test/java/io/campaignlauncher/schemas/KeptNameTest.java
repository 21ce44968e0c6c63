package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptNameTest {

    @ParameterizedTest
    @ValueSource(strings = { " Größe", "Größe\t", "\u00a0Größe\u3000", "\ufeffGröße\u200b ", "Gro\u0308ße",
        "\r\nGröße" })
    void blanks_at_both_ends_go_and_letters_are_composed(String typed) {
        assertThat(KeptName.of(typed)).isEqualTo("Größe");
        assertThat(KeptName.of(KeptName.of(typed))).isEqualTo(KeptName.of(typed));
        assertThat(KeptName.same(typed, "Größe")).isTrue();
    }

    @Test
    void blanks_within_and_everything_else_stay() {
        assertThat(KeptName.of("Fern  sale / ad 2")).isEqualTo("Fern  sale / ad 2");
        assertThat(KeptName.of(" \u00a0 ")).isEmpty();
        assertThat(KeptName.same("Sale", "sale")).isFalse();
        assertThat(KeptName.same("Sale", "Sale 2")).isFalse();
    }
}
