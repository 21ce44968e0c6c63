package io.campaignlauncher.job.feed;

import io.campaignlauncher.job.axon.StoredMetaData;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Publishes events from the table itself, for what the write-ahead log cannot give any more: after the slot was made anew.
 * How far the feed got is kept beside the events; a margin before it is published again, because transactions do not commit in
 * the order of their indexes.
 */
final class CatchUp {

    private static final int PAGE = 500;
    private static final long MARGIN = 10_000;

    private final JdbcClient jdbc;
    private final FeedPublisher publisher;

    CatchUp(JdbcClient jdbc, FeedPublisher publisher) {
        this.jdbc = jdbc;
        this.publisher = publisher;
    }

    /** Publishes every event after the feed's position. @return how many */
    long run() {
        long from = Math.max(0, position() - MARGIN);
        long published = 0;
        for (var page = after(from); !page.isEmpty(); page = after(page.getLast().globalIndex())) {
            publisher.publish(page);
            reached(page.getLast().globalIndex());
            published += page.size();
        }
        return published;
    }

    /** Remembers how far the feed got. */
    void reached(long globalIndex) {
        jdbc.sql("update event_store.feed_position set global_index = greatest(global_index, :index)")
                .param("index", globalIndex).update();
    }

    private long position() {
        return jdbc.sql("select global_index from event_store.feed_position").query(Long.class).single();
    }

    private List<StoredEvent> after(long globalIndex) {
        return jdbc
                .sql("""
                        select global_index, event_identifier, aggregate_identifier, sequence_number, time_stamp, payload_type, payload, meta_data
                        from event_store.domain_events where global_index > :after order by global_index limit :page
                        """)
                .param("after", globalIndex)
                .param("page", PAGE)
                .query((row, _) -> new StoredEvent(row.getLong("global_index"), row.getString("event_identifier"),
                        row.getString("aggregate_identifier"), row.getLong("sequence_number"),
                        Instant.parse(row.getString("time_stamp")), row.getString("payload_type"),
                        row.getBytes("payload"),
                        StoredMetaData.read(row.getBytes("meta_data"))))
                .list();
    }
}
