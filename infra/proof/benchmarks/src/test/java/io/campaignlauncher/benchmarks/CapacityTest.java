package io.campaignlauncher.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CapacityTest {

    private static final Path PAGE = Path.of("../../../docs/capacity.md");
    private static final String FIGURES = """
            connections.creator_service=8.00
            connections.job_service=24.00
            connections.rollback_service=2.00
            cpu-ms.creator=60.00
            cpu-ms.job=30.00
            cpu-ms.kafka=12.00
            cpu-ms.postgresql=18.00
            cpu-ms.rollback=0.00
            cpu-ms.verifier=6.00
            database-kib.kept=100.00
            database-kib.kept-30-days=10.00
            events=10.00
            feed-events-per-second=5000.00
            kafka-kib.kept=20.00
            kafka-kib.of-kafka-itself=5.00
            launches-per-second=12.00
            wal-kib=150.00
            """;

    @Test
    void the_page_has_the_tables_that_follow_from_its_figures() throws Exception {
        var page = Files.readString(PAGE);

        assertThat(CapacityPage.computed(page)).as("to write it anew: the benchmarks' arguments growth capacity <page>")
                .isEqualTo(page);
    }

    @Test
    void the_busiest_hour_has_a_tenth_of_the_day_and_leaves_cores_two_fifths_idle() {
        assertThat(tables()).contains(
                "| launches a day | 1,000 | 10,000 | 100,000 | 1,000,000 |",
                "| launches a second in the busiest hour | 0.03 | 0.28 | 2.78 | 27.78 |",
                "| cores: creator-service | 0.00 | 0.03 | 0.28 | 2.78 |",
                "| cores: PostgreSQL | 0.00 | 0.01 | 0.08 | 0.83 |");
    }

    @Test
    void what_is_deleted_after_a_while_fills_the_disk_for_that_long_and_no_longer() {
        assertThat(new Capacity(read()).tables())
                .contains("| PostgreSQL's disk after a year, GB | 38 | 377 | 3,768 | 37,683 |");
        assertThat(read().kibAfterAYear(LaunchFigures.DATABASE, 1)).isEqualTo(100 * 365 + 10 * 30);
        assertThat(read().kibAfterAYear(LaunchFigures.KAFKA, 1)).isEqualTo(20 * 365);
    }

    @Test
    void each_partition_does_no_more_than_it_was_seen_to_do() {
        assertThat(tables()).contains("| partitions | 6 | 6 | 6 | 14 |");
    }

    @Test
    void an_account_is_a_limit_by_what_facebook_counts() {
        assertThat(tables()).contains("| one ad account, by Facebook's score | 0.10 | 3,564 |",
                "| ad accounts, by Facebook's score, at least | 1 | 3 | 29 | 281 |");
    }

    @Test
    void the_change_feed_is_a_limit_in_launches() {
        assertThat(tables()).contains("| the change feed | 500.00 | 18,000,000 |",
                "| of the change feed's ceiling, % | 0.0 | 0.1 | 0.6 | 5.6 |");
    }

    @Test
    void figures_are_read_as_they_are_printed_and_one_that_is_missing_is_named() {
        assertThat(LaunchFigures.read(read().text().lines())).isEqualTo(read());
        assertThatThrownBy(() -> LaunchFigures.read("events=1".lines()).get(LaunchFigures.WAL))
                .hasMessage("wal-kib was not measured");
    }

    private static LaunchFigures read() {
        return LaunchFigures.read(FIGURES.lines());
    }

    private static String tables() {
        return new Capacity(read()).tables();
    }
}
