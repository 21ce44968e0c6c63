package io.campaignlauncher.rollback.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntitySnapshot;
import io.campaignlauncher.schemas.EntityType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotReportsTest {

    @Test
    void puts_at_most_two_hundred_into_a_message_and_loses_none() {
        var reports = SnapshotReports.of("j-1", 2, snapshots(401, "{}"));

        assertThat(reports).extracting(report -> report.getSnapshots().size()).containsExactly(200, 200, 1);
        assertThat(reports.stream().flatMap(report -> report.getSnapshots().stream()).toList())
                .isEqualTo(snapshots(401, "{}"));
        assertThat(reports).allMatch(report -> report.getJobId().equals("j-1") && report.getPass() == 2);
    }

    @Test
    void keeps_every_message_below_what_kafka_takes() {
        var reports = SnapshotReports.of("j-1", 1, snapshots(9, "x".repeat(200_000)));

        assertThat(reports).extracting(report -> report.getSnapshots().size()).containsExactly(2, 2, 2, 2, 1);
    }

    @Test
    void says_nothing_where_there_is_nothing() {
        assertThat(SnapshotReports.of("j-1", 1, List.of())).isEmpty();
    }

    private static List<EntitySnapshot> snapshots(int count, String content) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new EntitySnapshot(new Entity(EntityType.AD, "" + i, "Ad " + i, i), content))
                .toList();
    }
}
