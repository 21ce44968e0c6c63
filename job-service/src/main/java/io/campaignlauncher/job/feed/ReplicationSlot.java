package io.campaignlauncher.job.feed;

import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The replication slot and its publication in PostgreSQL. */
final class ReplicationSlot {

    private final JdbcClient jdbc;
    private final FeedSettings settings;

    ReplicationSlot(JdbcClient jdbc, FeedSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** Makes the slot where it is missing. @return whether it was: then the log before it is out of reach */
    boolean createIfMissing() {
        boolean exists = jdbc.sql(
                "select exists (select from pg_replication_slots where slot_name = :name and wal_status <> 'lost')")
                .param("name", settings.slotName())
                .query(Boolean.class)
                .single();
        if (exists) {
            return false;
        }
        jdbc.sql("select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = :name")
                .param("name", settings.slotName())
                .query()
                .listOfRows();
        jdbc.sql("select pg_create_logical_replication_slot(:name, 'pgoutput')")
                .param("name", settings.slotName())
                .query()
                .listOfRows();
        return true;
    }

    /** Bytes of the write-ahead log between what the feed confirmed and its end; empty where there is no slot. */
    OptionalLong lagBytes() {
        return jdbc.sql(
                "select pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)::bigint from pg_replication_slots where slot_name = :name")
                .param("name", settings.slotName())
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }
}
