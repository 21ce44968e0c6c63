package io.campaignlauncher.job.media.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileNameTest {

    @Test
    void is_one_line_that_cannot_be_taken_for_a_content() {
        assertThat(FileName.mistake("Strand am Meer (2).jpg")).isNull();
        assertThat(FileName.mistake("n".repeat(FileName.LENGTH_MAX))).isNull();
        for (var odd : new String[]{ "", " ", "n".repeat(FileName.LENGTH_MAX + 1), "a\nb", "a\0b", "\ud800",
            "sha256:" + "0".repeat(64) }) {
            assertThat(FileName.mistake(odd)).as(odd).isNotNull();
        }
    }

    @Test
    void a_content_is_named_by_64_small_hex_digits() {
        assertThat(FileName.isHash("0123456789abcdef".repeat(4))).isTrue();
        assertThat(FileName.isHash("0123456789ABCDEF".repeat(4))).isFalse();
        assertThat(FileName.isHash("0".repeat(63))).isFalse();
        assertThat(FileName.isHash("0".repeat(64) + "\n")).isFalse();
    }
}
