package io.campaignlauncher.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeedSpeedIT {

    @Test
    void every_event_of_a_backlog_comes_to_kafka_and_to_a_reader_that_throws_it_away() throws Exception {
        assertThat(FeedSpeed.run(3_000, 1)).isPositive();
    }
}
