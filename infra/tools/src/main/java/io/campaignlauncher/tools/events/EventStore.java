package io.campaignlauncher.tools.events;

import io.campaignlauncher.tools.events.EventCursor.Columns;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The event store as it is at one moment: whatever is read, over whichever of its connections, is of the same state. Changes
 * nothing. Close it soon: PostgreSQL keeps old rows as long as it is open.
 */
public final class EventStore implements AutoCloseable {

    private static final String IN_ORDER = " from event_store.domain_events%s order by global_index";
    private static final String OF_JOB = " from event_store.domain_events where aggregate_identifier = '%s'"
            + " order by sequence_number";

    private final Address address;
    private final Connection connection;
    private final String snapshot;

    /** Where the database is, and how to log in. Never shown: an address may hold a password. */
    public record Address(String url, @Nullable String user, @Nullable String password) {

        private static final int CONNECT_TIMEOUT_S = 10;

        /** A connection of its own. */
        public Connection connect() throws SQLException {
            var properties = new Properties();
            if (user != null) {
                properties.setProperty("user", user);
            }
            if (password != null) {
                properties.setProperty("password", password);
            }
            properties.setProperty("connectTimeout", Integer.toString(CONNECT_TIMEOUT_S));
            properties.setProperty("ApplicationName", "campaign-tools replay");
            return DriverManager.getConnection(url, properties);
        }

        @Override
        public String toString() {
            return "a PostgreSQL database";
        }
    }

    private EventStore(Address address, Connection connection, String snapshot) {
        this.address = address;
        this.connection = connection;
        this.snapshot = snapshot;
    }

    /** Opens the database as it is now. */
    public static EventStore open(Address address) throws SQLException {
        var connection = address.connect();
        try {
            begin(connection);
            return new EventStore(address, connection, one(connection, "select pg_export_snapshot()"));
        } catch (SQLException e) {
            connection.close();
            throw e;
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

    static String one(Connection connection, String sql) throws SQLException {
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

    /** @param condition SQL that begins with {@code where}, or nothing */
    EventCursor all(String condition) throws SQLException {
        return copy(connection, Columns.ALL, IN_ORDER.formatted(condition));
    }

    /** Every event in the order of the global index, as far as folding needs it. */
    public EventCursor forFolding() throws SQLException {
        return copy(connection, Columns.FOR_FOLDING, IN_ORDER.formatted(""));
    }

    /** One job's events in their order. Over the first connection: not while another cursor of it is open. */
    public EventCursor of(UUID jobId) throws SQLException {
        return of(connection, jobId);
    }

    /** The same over a connection that {@link #sameMoment} gave. */
    public static EventCursor of(Connection connection, UUID jobId) throws SQLException {
        return copy(connection, Columns.ALL, OF_JOB.formatted(jobId));
    }

    /** About how many events there are, by PostgreSQL's own statistics; for showing progress. */
    public long estimate() throws SQLException {
        return Math.max(0, Long.parseLong(one(connection,
                "select reltuples::bigint from pg_class where oid = 'event_store.domain_events'::regclass")));
    }

    Connection connection() {
        return connection;
    }

    private static EventCursor copy(Connection connection, Columns columns, String from) throws SQLException {
        return new EventCursor(connection.unwrap(PGConnection.class).getCopyAPI()
                .copyOut("copy (select " + columns.sql() + from + ") to stdout (format binary)"));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
