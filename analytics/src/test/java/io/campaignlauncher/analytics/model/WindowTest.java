package io.campaignlauncher.analytics.model;

import static io.campaignlauncher.analytics.model.History.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What counts for the latest time, and when it no longer does. */
class WindowTest {

    @ParameterizedTest
    @EnumSource
    void holds_what_came_in_its_span_and_nothing_older(Span span) {
        var window = new Window(span);
        add(window, START);
        var part = Duration.ofMillis(span.partMs());

        assertThat(count(window, START)).isEqualTo(1);
        assertThat(count(window, START.plus(span.length()).minus(part))).isEqualTo(1);
        assertThat(count(window, START.plus(span.length()))).isZero();
        assertThat(count(window, START.plus(span.length().multipliedBy(100)))).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void counts_in_any_order_what_a_count_of_the_times_themselves_does(Span span) {
        var random = new Random(span.ordinal());
        var window = new Window(span);
        // Up to a span back, so that nothing is too old when it comes.
        var times = LongStream.range(0, 500)
                .map(_ -> START.toEpochMilli()
                        - (long) (random.nextDouble() * (span.length().toMillis() - span.partMs())))
                .toArray();
        LongStream.of(times).forEach(ms -> add(window, Instant.ofEpochMilli(ms)));

        for (var later = 0; later < 10; later++) {
            var now = START.plusMillis(span.length().toMillis() * later / 10);
            var firstPart = Math.floorDiv(now.toEpochMilli(), span.partMs()) - span.parts() + 1;
            assertThat(count(window, now)).isEqualTo(
                    LongStream.of(times).filter(ms -> ms >= firstPart * span.partMs()).count());
        }
    }

    @Test
    void passes_over_what_is_older_than_all_it_holds() {
        var window = new Window(Span.HOUR);
        add(window, START);
        add(window, START.minus(Span.HOUR.length()));

        assertThat(count(window, START)).isEqualTo(1);
    }

    @Test
    void does_not_count_what_is_yet_to_come() {
        var window = new Window(Span.HOUR);
        add(window, START.plusSeconds(120));

        assertThat(count(window, START)).isZero();
        assertThat(count(window, START.plusSeconds(120))).isEqualTo(1);
    }

    private static void add(Window window, Instant at) {
        window.add(at, tally -> tally.add(Counted.RATE_LIMITS, "", 1));
    }

    private static long count(Window window, Instant now) {
        return window.until(now).sum(Counted.RATE_LIMITS);
    }
}
