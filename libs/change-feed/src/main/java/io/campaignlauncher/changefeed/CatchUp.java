package io.campaignlauncher.changefeed;

import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.eventstore.EventStoreSchema;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Publishes events from the table itself, for what the write-ahead log cannot give any more: after the slot was made anew.
 * How far the feed got is kept beside the events; a margin before it is published again, because transactions do not commit in
 * the order of their indexes. That a catch-up has begun is kept there too, until it has come to its end.
 */
final class CatchUp {

    private static final int PAGE = 500;
    private static final long MARGIN = 10_000;

    private final JdbcClient jdbc;
    private final EventStoreSchema store;
    private final String position;
    private final EventReader events;
    private final FeedPublisher publisher;

    CatchUp(JdbcClient jdbc, EventStoreSchema store, FeedPublisher publisher) {
        this.jdbc = jdbc;
        this.store = store;
        this.position = store.feedPosition();
        this.events = new EventReader(jdbc, store);
        this.publisher = publisher;
    }

    /** The same through a connection of the caller's. */
    CatchUp through(JdbcClient other) {
        return new CatchUp(other, store, publisher);
    }

    /** Notes that a catch-up has to be done, from before the feed's position on. To be done before the slot is made. */
    void begin() {
        jdbc.sql("update " + position + " set catch_up_from = greatest(0, global_index - :margin)")
                .param("margin", MARGIN).update();
    }

    boolean isUnfinished() {
        return from().isPresent();
    }

    /**
     * Publishes what was stored before the slot: all that is visible now, for what comes later the slot will tell.
     *
     * @param onPage called after each step forward
     * @return how many events
     */
    long run(Runnable onPage) {
        long to = events.lastIndex();
        long published = 0;
        long from = from().orElse(to);
        for (var page = events.page(from, to, PAGE); !page.isEmpty(); page = events.page(from, to, PAGE)) {
            publisher.publish(page);
            from = page.getLast().globalIndex();
            jdbc.sql("update " + position + " set catch_up_from = :index").param("index", from).update();
            published += page.size();
            onPage.run();
        }
        jdbc.sql("update " + position
                + " set global_index = greatest(global_index, :index), catch_up_from = null").param("index", to)
                .update();
        return published;
    }

    /** Remembers how far reading got. */
    void reached(long globalIndex) {
        jdbc.sql("update " + position
                + " set global_index = greatest(global_index, :index) where catch_up_from is null")
                .param("index", globalIndex).update();
    }

    private Optional<Long> from() {
        return jdbc.sql("select catch_up_from from " + position + " where catch_up_from is not null")
                .query(Long.class).optional();
    }
}
