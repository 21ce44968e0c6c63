package io.campaignlauncher.changefeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.job.axon.JobHost;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.testing.TestServers;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is remembered of how far a feed got. */
class CatchUpIT {

    /** Where the slot is lost once more, the catch-up has to begin no later than before. */
    @Test
    void what_a_former_reader_says_of_its_place_moves_no_catch_up_that_is_not_finished() throws Exception {
        var database = TestServers.shared().database();
        var policy = JobPolicy.defaults(Duration.ofSeconds(1));
        try (var host = new JobHost(database.createDatabase("catch_up"), database.username(), database.password(),
                policy);
                var publisher = new FeedPublisher(
                        new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()),
                        _ -> List.of(), (_, _, _) -> {})) {
            var jdbc = JdbcClient.create(host.dataSource());
            var catchUp = new CatchUp(jdbc, EventStoreSchema.LAUNCHES, publisher);
            catchUp.reached(7);
            catchUp.begin();

            catchUp.reached(1_000_000);

            assertThat(position(jdbc)).isEqualTo(7);
            catchUp.run(() -> {});
            catchUp.reached(8);
            assertThat(position(jdbc)).isEqualTo(8);
        }
    }

    private static long position(JdbcClient jdbc) {
        return jdbc.sql("select global_index from event_store.feed_position").query(Long.class).single();
    }
}
