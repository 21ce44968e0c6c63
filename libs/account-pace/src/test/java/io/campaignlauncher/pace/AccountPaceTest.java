package io.campaignlauncher.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.pace.AccountPace.Grant;
import io.campaignlauncher.pace.AccountPace.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

class AccountPaceTest {

    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void gives_a_free_account_all_it_can_take_at_once_and_the_rest_a_window_later() {
        var reserved = AccountPace.FREE.reserve(T, 101, 1, 100, LONG);

        assertThat(reserved.reservation()).isEqualTo(new Reservation(
                List.of(new Grant(Duration.ZERO, 100), new Grant(AccountPace.WINDOW, 1)), Duration.ZERO));
    }

    @Test
    void the_next_gets_what_is_left_of_the_window() {
        var first = AccountPace.FREE.reserve(T, 60, 1, 100, LONG);
        var second = first.pace().reserve(T.plusMillis(800), 60, 1, 100, LONG);

        assertThat(second.reservation().grants()).containsExactly(
                new Grant(Duration.ZERO, 40), new Grant(AccountPace.WINDOW, 20));
    }

    @Test
    void a_window_is_new_when_nothing_was_reserved_for_its_length() {
        var first = AccountPace.FREE.reserve(T, 100, 1, 100, LONG);

        assertThat(
                first.pace().reserve(T.plus(AccountPace.WINDOW).plusMillis(1), 100, 1, 100, LONG).reservation()
                        .grants())
                .containsExactly(new Grant(Duration.ZERO, 100));
        assertThat(first.pace().reserve(T.plusMillis(1_000), 1, 1, 100, LONG).reservation().grants())
                .containsExactly(new Grant(AccountPace.WINDOW.minusMillis(1_000), 1));
    }

    @Test
    void what_would_begin_too_late_is_not_granted_and_costs_nothing() {
        var full = AccountPace.FREE.reserve(T, 100, 1, 10, LONG);
        var late = full.pace().reserve(T, 5, 1, 10, Duration.ofSeconds(3));

        assertThat(late.reservation().grants()).isEmpty();
        assertThat(late.reservation().laterIn()).isEqualTo(AccountPace.WINDOW.multipliedBy(10));
        assertThat(late.pace().reserve(T, 5, 1, 10, LONG)).isEqualTo(full.pace().reserve(T, 5, 1, 10, LONG));
    }

    @Test
    void a_window_with_less_room_than_one_request_needs_is_passed_over_because_two_halves_are_of_no_use() {
        var taken = AccountPace.FREE.reserve(T, 5, 4, 4, LONG);

        var next = taken.pace().reserve(T, 4, 4, 4, LONG);

        assertThat(taken.reservation().grants()).extracting(Grant::mutations).containsExactly(4, 1);
        assertThat(next.reservation().grants())
                .containsExactly(new Grant(AccountPace.WINDOW.multipliedBy(2), 4));
    }

    @Test
    void what_is_passed_over_in_vain_is_still_there_for_others() {
        var taken = AccountPace.FREE.reserve(T, 3, 1, 4, LONG);

        var late = taken.pace().reserve(T, 4, 4, 4, Duration.ofMillis(500));

        assertThat(late.reservation().grants()).isEmpty();
        assertThat(late.pace().reserve(T, 1, 1, 4, LONG).reservation().grants())
                .containsExactly(new Grant(Duration.ZERO, 1));
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void no_rolling_second_holds_more_than_the_cap_however_late_each_is_sent(int seed) {
        var random = new Random(seed);
        var cap = 2 + random.nextInt(60);
        var pace = AccountPace.FREE;
        var now = T;
        var sent = new ArrayList<Instant>();
        for (var i = 0; i < 60; i++) {
            now = now.plusMillis(random.nextInt(10) == 0 ? random.nextInt(5_000) : random.nextInt(400));
            var within = random.nextBoolean() ? LONG : Duration.ofSeconds(2);
            var whole = 1 + random.nextInt(cap);
            var left = 1 + random.nextInt(3 * cap);
            var reserved = pace.reserve(now, left, whole, cap, within);
            pace = reserved.pace();
            for (var grant : reserved.reservation().grants()) {
                assertThat(grant.mutations()).isGreaterThanOrEqualTo(Math.min(whole, left));
                left -= grant.mutations();
                for (var one = 0; one < grant.mutations(); one++) {
                    sent.add(now.plus(grant.startsIn()).plusMillis(random.nextInt(250)));
                }
            }
        }

        var sorted = sent.stream().sorted().toList();
        assertThat(sorted).hasSizeGreaterThan(cap);
        for (var i = 0; i + cap < sorted.size(); i++) {
            assertThat(Duration.between(sorted.get(i), sorted.get(i + cap))).isGreaterThan(Duration.ofSeconds(1));
        }
    }
}
