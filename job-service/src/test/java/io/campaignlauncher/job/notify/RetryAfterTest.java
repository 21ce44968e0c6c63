package io.campaignlauncher.job.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

    @Test
    void is_a_number_of_seconds() {
        assertThat(RetryAfter.of("120", NOW)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.of(" 0 ", NOW)).isZero();
        assertThat(RetryAfter.of("999999999999999999", NOW)).isGreaterThan(Duration.ofDays(1_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = { "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994" })
    void is_a_date_in_each_of_the_forms_that_http_knows(String date) {
        assertThat(RetryAfter.of(date, NOW)).isEqualTo(Duration.ofSeconds(37));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "soon", "-5", "1.5", "12345678901234567890" })
    void is_not_there_where_nothing_can_be_read(String header) {
        assertThat(RetryAfter.of(header, NOW)).isNull();
    }
}
