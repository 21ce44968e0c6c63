package io.campaignlauncher.changefeed;

import java.util.OptionalLong;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The replication slot and its publication in PostgreSQL. Slots are the server's, publications the database's. So where no name is
 * set, the slot is called as the publication in the first database of the server that needs one, and in any other so with _ and
 * the number that the server gave the database.
 */
final class ReplicationSlot {

    /** The version of PostgreSQL from which on a standby can keep slots. */
    private static final int FAILOVER_SINCE = 170_000;

    private final JdbcClient jdbc;
    private final FeedSource source;
    private final FeedSettings settings;

    /** Whether this instance may read from the slot. */
    enum State {
        /** It can be read. */
        FREE,
        /** Another instance reads it, or one of this process that has not let go yet. */
        READ_BY_ANOTHER,
        /**
         * It is missing, or the log that it needs is gone, or its publication is, or it came over from a primary that is lost, and what
         * readers of the feed had written to this database last may be missing: it has to be made anew.
         */
        UNUSABLE
    }

    private record Row(boolean ours, String database, boolean active, boolean lost, boolean cameOver) {}

    ReplicationSlot(JdbcClient jdbc, FeedSource source, FeedSettings settings) {
        this.jdbc = jdbc;
        this.source = source;
        this.settings = settings;
    }

    /** What the slot is, or would be, called. */
    String name() {
        if (!settings.slot().isEmpty()) {
            return settings.slot();
        }
        return jdbc.sql("""
                select case when exists (select from pg_replication_slots s where s.slot_name = own.name) then own.name
                    when exists (select from pg_replication_slots s where s.slot_name = :usual
                        and s.database is distinct from current_database()) then own.name
                    else :usual end
                from (select :usual || '_' || oid as name from pg_database where datname = current_database()) own
                """).param("usual", source.name()).query(String.class).single();
    }

    /** @throws FeedHeld when the slot of this name belongs to another database of the server */
    State state() {
        var name = name();
        var found = jdbc.sql("""
                select database = current_database() as ours, database, active, wal_status = 'lost' as lost,
                    coalesce((to_jsonb(s) ->> 'synced')::boolean, false) as came_over
                from pg_replication_slots s where slot_name = :name
                """).param("name", name)
                .query((row, _) -> new Row(row.getBoolean("ours"), row.getString("database"), row.getBoolean("active"),
                        row.getBoolean("lost"), row.getBoolean("came_over")))
                .optional();
        if (found.isPresent() && !found.get().ours()) {
            throw new FeedHeld("the replication slot " + name + " belongs to the database " + found.get().database()
                    + ": give this installation another with launch.feed.slot", null);
        }
        if (found.isEmpty() || found.get().lost()) {
            return State.UNUSABLE;
        }
        if (found.get().active()) {
            return State.READ_BY_ANOTHER;
        }
        return isPublished() && !found.get().cameOver() ? State.FREE : State.UNUSABLE;
    }

    /** Whether PostgreSQL could keep this slot on a standby too, and does not. */
    boolean isPlain() {
        return jdbc.sql("""
                select exists (select from pg_replication_slots s where slot_name = :name
                    and (to_jsonb(s) ->> 'failover')::boolean is false)
                """).param("name", name()).query(Boolean.class).single();
    }

    /** Whether somebody reads it now. */
    boolean isRead() {
        return jdbc.sql("select exists (select from pg_replication_slots where slot_name = :name and active)")
                .param("name", name()).query(Boolean.class).single();
    }

    /** Whether the events are published, by the same publication as ever: to what another one missed it would be blind. */
    boolean isPublished() {
        return jdbc.sql("""
                select exists (select from pg_publication p join pg_publication_tables t on t.pubname = p.pubname,
                    %s f
                    where p.pubname = :publication and t.schemaname || '.' || t.tablename = :table
                    and p.oid::bigint = coalesce(f.publication, p.oid::bigint))
                """.formatted(source.store().feedPosition())).param("publication", source.name())
                .param("table", source.store().events())
                .query(Boolean.class).single();
    }

    /** Makes the slot, and the publication where that is missing; one of this name that is there is given up. */
    void makeAnew() {
        var logged = jdbc.sql("select current_setting('wal_level')").query(String.class).single();
        if (!"logical".equals(logged)) {
            throw new FeedHeld("PostgreSQL's wal_level is " + logged
                    + ", and the change feed needs logical: set wal_level = logical and restart PostgreSQL", null);
        }
        var name = name();
        jdbc.sql("""
                select pg_drop_replication_slot(slot_name) from pg_replication_slots
                where slot_name = :name and database = current_database()
                """)
                .param("name", name)
                .query()
                .listOfRows();
        // Before the slot: to what is stored without it, the publication would be unknown for ever.
        if (!isPublished()) {
            publish();
        }
        jdbc.sql("update " + source.store().feedPosition() + " set publication = null").update();
        rememberPublication();
        jdbc.sql(canFailOver()
                ? "select pg_create_logical_replication_slot(:name, 'pgoutput', failover => true)"
                : "select pg_create_logical_replication_slot(:name, 'pgoutput')")
                .param("name", name)
                .query()
                .listOfRows();
    }

    private boolean canFailOver() {
        return jdbc.sql("select current_setting('server_version_num')::int >= :first").param("first", FAILOVER_SINCE)
                .query(Boolean.class).single();
    }

    private void publish() {
        try {
            jdbc.sql("drop publication if exists " + source.name()).update();
            jdbc.sql("create publication " + source.name() + " for table " + source.store().events()
                    + " with (publish = 'insert')").update();
        } catch (PermissionDeniedDataAccessException | BadSqlGrammarException e) {
            throw new FeedHeld("the publication " + source.name() + " cannot be made: "
                    + e.getMostSpecificCause().getMessage() + ": let the owner of " + source.store().events()
                    + ", with the right to create in this database, be the user of spring.datasource.*", e);
        }
    }

    /** Notes which publication it is that the slot is read through, where that is not noted yet. */
    void rememberPublication() {
        jdbc.sql("""
                update %s
                set publication = (select oid::bigint from pg_publication where pubname = :publication)
                where publication is null
                """.formatted(source.store().feedPosition())).param("publication", source.name()).update();
    }

    /** Bytes of the write-ahead log between what the feed confirmed and its end; empty where there is no slot. */
    OptionalLong lagBytes() {
        var name = name();
        return jdbc.sql(
                "select pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)::bigint from pg_replication_slots where slot_name = :name")
                .param("name", name)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** Whether PostgreSQL is about to throw away the log that the slot needs, or has. */
    boolean isAtRisk() {
        return jdbc.sql("select exists (select from pg_replication_slots where slot_name = :name"
                + " and wal_status in ('unreserved', 'lost'))").param("name", name()).query(Boolean.class).single();
    }

    /** Bytes of the write-ahead log that the standby which is furthest behind lacks, running or not; empty where none has a slot. */
    OptionalLong standbyLagBytes() {
        return jdbc.sql("""
                select pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint as lag from pg_replication_slots
                where slot_type = 'physical' and restart_lsn is not null order by restart_lsn limit 1
                """).query(Long.class).optional().map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    /** Whether a standby reads the log just now, through a slot of its own. */
    boolean isFollowed() {
        return jdbc.sql("select exists (select from pg_replication_slots where slot_type = 'physical' and active)")
                .query(Boolean.class).single();
    }

    /**
     * Writes a mark of a few bytes into the log for the feed to read: what others write is not shown to it, so that it
     * could not tell that it has read so far.
     */
    void mark() {
        jdbc.sql("select pg_logical_emit_message(true, :name, '')").param("name", name()).query().listOfRows();
    }
}
