package io.campaignlauncher.changefeed;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says where a feed that nobody reads goes on, after its database or its topics were put back to another time. Whoever starts it next
 * publishes from there, and nothing before.
 */
public final class FeedRestart {

    private final JdbcClient jdbc;
    private final FeedSource source;
    private final ReplicationSlot slot;

    /**
     * Where a feed stood.
     *
     * @param slot      null: there was none
     * @param confirmed of the slot, in PostgreSQL's log
     */
    public record Standing(long globalIndex, @Nullable Long catchUpFrom, @Nullable String slot,
            @Nullable String confirmed) {}

    /**
     * @param jdbc over one connection, outside of transactions
     * @param slot as {@code launch.feed.slot} says; empty: the usual one
     */
    public FeedRestart(JdbcClient jdbc, FeedSource source, String slot) {
        this.jdbc = jdbc;
        this.source = source;
        this.slot = new ReplicationSlot(jdbc, source, new FeedSettings(slot, FeedSettings.RETRY_DELAY));
    }

    /** Of what it reads. */
    public String name() {
        return source.name();
    }

    /** Holds every reader off until the connection is closed. @return false: one reads, or is about to */
    public boolean hold() {
        return !slot.isRead() && jdbc.sql("select pg_try_advisory_lock(:lock)").param("lock", source.lock())
                .query(Boolean.class).single();
    }

    public Standing standing() {
        var confirmed = jdbc.sql("select confirmed_flush_lsn::text from pg_replication_slots where slot_name = :name")
                .param("name", slot.name()).query(String.class).optional();
        return jdbc.sql("select global_index, catch_up_from from " + source.store().feedPosition())
                .query((row, _) -> new Standing(row.getLong(1), row.getObject(2, Long.class),
                        confirmed.map(_ -> slot.name()).orElse(null), confirmed.orElse(null)))
                .single();
    }

    /**
     * From this index on. The slot is made anew before: what is stored from now on it tells, what was stored before is published from the table.
     *
     * @param globalIndex of the last event that is not published again; 0: all are
     * @throws RuntimeException with a sentence for a person where the slot cannot be made
     */
    public void after(long globalIndex) {
        jdbc.sql("update " + source.store().feedPosition() + " set global_index = :index, catch_up_from = :index")
                .param("index", globalIndex).update();
        slot.makeAnew();
    }
}
