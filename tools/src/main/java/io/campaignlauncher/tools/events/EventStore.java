package io.campaignlauncher.tools.events;

import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.messaging.DatabaseLimits;
import io.campaignlauncher.messaging.OwnName;
import io.campaignlauncher.tools.events.EventCursor.Columns;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The event store as it is at one moment: whatever is read, over whichever of its connections, is of the same state. Changes
 * nothing. Close it soon: PostgreSQL keeps old rows as long as it is open.
 */
public final class EventStore implements AutoCloseable {

    private static final String WRITERS = """
            select virtualtransaction || ' of process ' || coalesce(pid::text, 'none: it is prepared') from pg_locks
            where locktype = 'relation' and relation = '%s'::regclass and mode = 'RowExclusiveLock'
            and database = (select oid from pg_database where datname = current_database())""";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Address address;
    private final EventStoreSchema schema;
    private final Connection connection;
    private final String snapshot;

    /** Where the database is, and how to log in. Never shown: an address may hold a password. */
    public record Address(String url, @Nullable String user, @Nullable String password) {

        /** A connection of its own. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url, properties());
        }

        /** What the driver has to know beside the address. */
        public Properties properties() {
            return DatabaseLimits.LONG_WORK.login(OwnName.connection("campaign-tools", "replay"), user, password);
        }

        @Override
        public String toString() {
            return "a PostgreSQL database";
        }
    }

    private EventStore(Address address, EventStoreSchema schema, Connection connection, String snapshot) {
        this.address = address;
        this.schema = schema;
        this.connection = connection;
        this.snapshot = snapshot;
    }

    /** Opens the database as it is now, for events of launches. */
    public static EventStore open(Address address) throws SQLException {
        return open(address, EventStoreSchema.LAUNCHES);
    }

    /** Opens the database as it is now. */
    public static EventStore open(Address address, EventStoreSchema schema) throws SQLException {
        var connection = address.connect();
        try {
            begin(connection);
            return new EventStore(address, schema, connection, one(connection, "select pg_export_snapshot()"));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Opens the database in a moment in which every event up to a place of the global index is there that will ever be there.
     * Indexes are given out before transactions end, so an event may appear behind later ones; this waits for the transactions
     * that are open now. It holds up nobody.
     *
     * @throws OperationRefused where one of them stays open for too long
     */
    public static Settled openSettled(Address address, EventStoreSchema schema, Duration patience)
            throws SQLException {
        var writersNow = WRITERS.formatted(schema.events());
        try (var connection = address.connect()) {
            // In this order: who takes an index holds a lock on the table before and until the end.
            long lastGlobalIndex = Long.parseLong(one(connection,
                    "select case when is_called then last_value else 0 end from " + schema.events()
                            + "_global_index_seq"));
            var writers = all(connection, writersNow);
            long until = System.nanoTime() + patience.toNanos();
            while (all(connection, writersNow).stream().anyMatch(writers::contains)) {
                if (System.nanoTime() > until) {
                    throw new OperationRefused("a transaction that writes events has been open for more than "
                            + patience.toSeconds() + " s: " + writers + " (see pg_locks); try again when it has ended");
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
            return new Settled(open(address, schema), lastGlobalIndex);
        }
    }

    /** @param lastGlobalIndex no event with this index or a lower one will be added any more */
    public record Settled(EventStore store, long lastGlobalIndex) implements AutoCloseable {

        @Override
        public void close() throws SQLException {
            store.close();
        }
    }

    private static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (var statement = connection.createStatement()) {
            // In the order of an index: a sort would write the whole table down before the first row is sent.
            statement.execute("set local enable_sort = off");
            statement.execute("set local enable_incremental_sort = off");
            statement.execute("set local max_parallel_workers_per_gather = 0");
        }
    }

    private static Set<String> all(Connection connection, String sql) throws SQLException {
        var found = new HashSet<String>();
        try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** A further connection that sees the same state, for who reads something else while events come. The caller closes it. */
    public Connection sameMoment() throws SQLException {
        var further = address.connect();
        try {
            further.setAutoCommit(false);
            further.setReadOnly(true);
            further.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (var statement = further.createStatement()) {
                statement.execute("set transaction snapshot '" + snapshot + "'");
            }
            return further;
        } catch (SQLException e) {
            further.close();
            throw e;
        }
    }

    /** Every event in the order of the global index, with all that was stored. */
    public EventCursor all() throws SQLException {
        return all("");
    }

    private EventCursor all(String condition) throws SQLException {
        return new EventCursor(copy(connection, sqlOfAll(schema, Columns.ALL, condition)), false);
    }

    static String sqlOfAll(EventStoreSchema schema, Columns columns, String condition) {
        return "select " + columns.sql() + " from " + schema.events() + condition + " order by global_index";
    }

    static String sqlOf(UUID jobId) {
        return "select " + Columns.ALL.sql() + " from " + EventStoreSchema.LAUNCHES.events()
                + " where aggregate_identifier = '" + jobId + "' order by sequence_number";
    }

    Connection connection() {
        return connection;
    }

    /**
     * Every event up to a place of the global index whose time may be in a range: to the second, so that PostgreSQL can
     * compare texts; who reads looks closer.
     */
    public EventCursor near(TimeRange range, long lastGlobalIndex) throws SQLException {
        return all(" where global_index <= " + lastGlobalIndex + range.condition("time_stamp"));
    }

    /** Jobs of which something happened in a range of time. */
    public List<UUID> jobsIn(TimeRange range) throws SQLException {
        var found = all(connection, "select distinct aggregate_identifier from " + schema.events() + " where true"
                + range.condition("time_stamp"));
        return found.stream().map(UUID::fromString).sorted().toList();
    }

    /** Every event that is about something, or names it, in the order of the global index. Goes through the whole store. */
    public EventCursor naming(UUID id) throws SQLException {
        return all(" where aggregate_identifier = '" + id + "' or position(convert_to('" + id
                + "', 'UTF8') in payload) > 0");
    }

    /** Every event of one kind of stream, in the order of the global index. Goes through the whole store. */
    public EventCursor ofKind(String kind) throws SQLException {
        return all(" where type = '" + kind + "'");
    }

    /** Every event in the order of the global index, as far as folding needs it. */
    public EventCursor forFolding() throws SQLException {
        return new EventCursor(copy(connection, sqlOfAll(schema, Columns.FOR_FOLDING, "")), false);
    }

    /** One job's events in their order. Over the first connection: not while another cursor of it is open. */
    public EventCursor of(UUID jobId) throws SQLException {
        return of(connection, jobId);
    }

    /** The same over a connection that {@link #sameMoment} gave. */
    public static EventCursor of(Connection connection, UUID jobId) throws SQLException {
        return new EventCursor(copy(connection, sqlOf(jobId)), true);
    }

    /** About how many events there are, by PostgreSQL's own statistics; for showing progress. */
    public long estimate() throws SQLException {
        return Math.max(0, Long.parseLong(one(connection,
                "select reltuples::bigint from pg_class where oid = '" + schema.events() + "'::regclass")));
    }

    /** The database's own time. */
    public Instant at() throws SQLException {
        return OffsetDateTime.parse(one(connection,
                "select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")).toInstant();
    }

    private static CopyOut copy(Connection connection, String sql) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI()
                .copyOut("copy (" + sql + ") to stdout (format binary)");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
