package io.campaignlauncher.creation.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.pace.Lease;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UrgencyTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void a_higher_priority_overtakes_what_was_sent_before() {
        assertThat(Urgency.ofCommand(NOON.plusSeconds(1), 9)).isBefore(Urgency.ofCommand(NOON, 8));
        assertThat(Urgency.ofCommand(NOON.plusSeconds(44), 9)).isBefore(Urgency.ofCommand(NOON, 0));
    }

    @Test
    void equal_priorities_keep_their_order() {
        assertThat(Urgency.ofCommand(NOON, 5)).isBefore(Urgency.ofCommand(NOON.plusMillis(1), 5));
    }

    @Test
    void who_has_waited_long_enough_is_overtaken_by_nobody_and_in_time_to_be_claimed() {
        assertThat(Urgency.ofCommand(NOON, 0)).isBefore(Urgency.ofCommand(NOON.plusSeconds(46), 9));
        assertThat(Urgency.COMMAND_LEVEL.multipliedBy(9)).isLessThan(Duration.ofMinutes(1));
        assertThat(Urgency.REQUEST_LEVEL.multipliedBy(9)).isLessThan(CreationSettings.LEASE.minus(Lease.MARGIN));
    }

    @Test
    void what_is_no_priority_counts_as_the_nearest_one() {
        assertThat(Urgency.ofCommand(NOON, 1_000)).isEqualTo(Urgency.ofCommand(NOON, 9));
        assertThat(Urgency.ofCommand(NOON, -1)).isEqualTo(NOON);
        assertThat(Urgency.ofRequest(7, 1_000)).isEqualTo(Urgency.ofRequest(7, 9));
    }
}
