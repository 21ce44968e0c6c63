package io.campaignlauncher.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How exact percentiles are, and everything else. */
class DurationsTest {

    @ParameterizedTest
    @ValueSource(longs = { 1, 7, 1_000, 60_000, 86_400_000 })
    void a_percentile_is_at_most_a_twentieth_too_high(long maxMs) {
        var random = new Random(maxMs);
        var times = LongStream.range(0, 1_000).map(_ -> (long) (random.nextDouble() * random.nextDouble() * maxMs))
                .toArray();
        var durations = new Durations();
        LongStream.of(times).forEach(ms -> durations.add(Duration.ofMillis(ms)));
        Arrays.sort(times);

        for (var share : new double[]{ 0.001, 0.5, 0.95, 0.99, 1 }) {
            var exact = times[(int) Math.ceil(share * times.length) - 1] / 1000.0;
            assertThat(durations.percentileSeconds(share)).isBetween(exact, exact * 1.05);
        }
        assertThat(durations.sum().toMillis()).isEqualTo(LongStream.of(times).sum());
        assertThat(durations.max().toMillis()).isEqualTo(times[times.length - 1]);
    }

    @Test
    void added_ones_are_as_if_all_had_been_one() {
        var random = new Random(1);
        var one = new Durations();
        var other = new Durations();
        var together = new Durations();
        for (var i = 0; i < 200; i++) {
            var took = Duration.ofMillis(random.nextInt(100_000));
            (i % 3 == 0 ? one : other).add(took);
            together.add(took);
        }
        other.add(one);

        for (var share : new double[]{ 0.01, 0.5, 0.99, 1 }) {
            assertThat(other.percentileSeconds(share)).isEqualTo(together.percentileSeconds(share));
        }
        assertThat(other.count()).isEqualTo(200);
        assertThat(other.sum()).isEqualTo(together.sum());
    }

    @Test
    void none_have_no_percentile_and_a_clock_that_went_back_took_no_time() {
        var durations = new Durations();
        assertThat(durations.percentileSeconds(0.5)).isNaN();
        durations.add(Duration.ofSeconds(-3));
        assertThat(durations.percentileSeconds(0.5)).isZero();
        assertThat(durations.sum()).isZero();
        assertThatThrownBy(() -> durations.percentileSeconds(0)).hasMessageContaining("not 0.0");
    }

    @Test
    void a_year_is_no_trouble() {
        var durations = new Durations();
        durations.add(Duration.ofDays(365));
        assertThat(durations.percentileSeconds(0.5)).isGreaterThan(Duration.ofDays(29).toSeconds());
        assertThat(durations.max()).isEqualTo(Duration.ofDays(365));
    }
}
