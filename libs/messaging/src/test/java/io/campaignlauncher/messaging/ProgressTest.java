package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class ProgressTest {

    private final AtomicLong nanos = new AtomicLong(1);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Progress progress = new Progress("feed", meters, nanos::get);

    @Test
    void time_without_progress_grows_until_some_is_made() {
        nanos.addAndGet(Duration.ofSeconds(90).toNanos());
        assertThat(progress.stalledFor()).isEqualTo(Duration.ofSeconds(90));
        assertThat(stalledSeconds()).isEqualTo(90);

        progress.made();
        assertThat(stalledSeconds()).isZero();
    }

    @Test
    void the_work_that_is_furthest_behind_counts() {
        nanos.addAndGet(Duration.ofSeconds(90).toNanos());
        progress.made(Duration.ofSeconds(20));
        assertThat(progress.stalledFor()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void what_rests_is_not_stalled_until_it_is_to_get_on_again() {
        progress.rests();
        nanos.addAndGet(Duration.ofHours(9).toNanos());
        assertThat(progress.stalledFor()).isZero();

        progress.made();
        nanos.addAndGet(Duration.ofSeconds(7).toNanos());
        assertThat(progress.stalledFor()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void health_is_down_and_names_the_part_and_the_seconds() {
        var health = new ProgressHealth(List.of(progress, new Progress("timers", meters)), Duration.ofSeconds(60));
        nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(health.health()).isEqualTo(
                Health.down().withDetail("feed", "stalled for 62 s").withDetail("timers", "gets on").build());
    }

    @Test
    void health_is_down_at_once_and_says_what_to_do_where_only_a_person_can_help() {
        var health = new ProgressHealth(List.of(progress), Duration.ofSeconds(60));
        progress.held("raise max_replication_slots");
        assertThat(health.health())
                .isEqualTo(Health.down().withDetail("feed", "raise max_replication_slots").build());

        progress.made();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void of_several_of_one_name_the_one_that_is_furthest_behind_counts() {
        var other = new Progress("feed", meters, nanos::get);
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        progress.made();
        assertThat(stalledSeconds()).isEqualTo(3);

        other.made();
        assertThat(stalledSeconds()).isZero();
    }

    @Test
    void one_that_is_over_leaves_the_others_in_sight() {
        try (var _ = new Progress("feed", meters, nanos::get)) {
            nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        }
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(stalledSeconds()).isEqualTo(6);

        progress.close();
        assertThat(meters.find("progress.stalled").gauge()).isNull();
        var next = new Progress("feed", meters, nanos::get);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(stalledSeconds()).isEqualTo(1);
        assertThat(next.stalledFor()).isEqualTo(Duration.ofSeconds(1));
    }

    private double stalledSeconds() {
        return meters.get("progress.stalled").tag("part", "feed").gauge().value();
    }
}
