package io.campaignlauncher.job.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void reads_a_version() {
        assertThat(Point.of("0")).isEqualTo(new Point.AtVersion(0));
        assertThat(Point.of("000000000000000017")).isEqualTo(new Point.AtVersion(17));
    }

    @ParameterizedTest
    @CsvSource({ "2026-01-01T12:00:00Z", "2026-01-01T14:00+02:00", "2026-01-01T12:00:00.000Z",
        "2026-01-01T00:30:00-11:30" })
    void reads_a_time_in_any_offset(String text) {
        assertThat(Point.of(text)).isEqualTo(new Point.AtTime(NOON));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "-1", "1.5", "0x1", "9999999999999999999", "now", "2026-01-01",
        "2026-01-01T12:00:00", "2026-13-01T12:00:00Z", "1 2" })
    void says_what_a_point_looks_like_where_a_text_is_none(String text) {
        assertThatThrownBy(() -> Point.of(text)).isInstanceOf(IllegalArgumentException.class).hasMessage(Point.FORM);
    }

    @Test
    void covers_what_came_up_to_it_and_nothing_later() {
        assertThat(Point.LATEST.covers(99, Instant.MAX)).isTrue();
        assertThat(new Point.AtVersion(3).covers(3, Instant.MAX)).isTrue();
        assertThat(new Point.AtVersion(3).covers(4, NOON)).isFalse();
        assertThat(new Point.AtTime(NOON).covers(99, NOON)).isTrue();
        assertThat(new Point.AtTime(NOON).covers(0, NOON.plusMillis(1))).isFalse();
    }
}
