package io.campaignlauncher.tools;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.testing.TestDatabase;
import io.campaignlauncher.tools.events.EventStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/** A database of its own on the shared PostgreSQL, with the tables of the job service. */
public final class StoreUnderTest {

    private static final List<String> MIGRATIONS = List.of("V1__event_store.sql", "V2__read_model.sql",
            "V3__idempotency_keys.sql", "V4__lean_slots.sql", "V5__webhook_deliveries.sql",
            "V6__unfinished_catch_up.sql", "V9__whose_jobs.sql",
            "V12__webhooks.sql", "V13__cancelled_jobs.sql", "V15__start_times.sql",
            "V19__found_jobs.sql", "V21__slots_under_way.sql");

    private final EventStore.Address address;

    public StoreUnderTest(String name) throws SQLException {
        var server = TestDatabase.shared();
        address = new EventStore.Address(server.createDatabase(name), server.username(), server.password());
        try (var connection = connect()) {
            for (var migration : MIGRATIONS) {
                run(connection, new ClassPathResource("db/job/" + migration));
            }
        }
    }

    /** As one text: only the server knows where a statement ends that has others within it. */
    private static void run(Connection connection, Resource script) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(script.getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public EventStore.Address address() {
        return address;
    }

    public Connection connect() throws SQLException {
        return address.connect();
    }

    public void execute(String sql) throws SQLException {
        try (var connection = connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public void clear() throws SQLException {
        execute("truncate campaign_creation_jobs, settled_slots, slots_under_way, pre_creation_verifications"
                + " restart identity");
        execute("truncate event_store.domain_events restart identity");
    }

    /** Stores jobs side by side: the first event of each, then the second of each, and so on. */
    public void store(LaunchedJob... jobs) throws SQLException {
        try (var connection = connect()) {
            var left = new ArrayList<Iterator<StoredEvent>>();
            for (var job : jobs) {
                left.add(job.events().iterator());
            }
            while (!left.isEmpty()) {
                for (var events = left.iterator(); events.hasNext();) {
                    var next = events.next();
                    if (next.hasNext()) {
                        store(connection, next.next());
                    } else {
                        events.remove();
                    }
                }
            }
        }
    }

    public static void store(Connection connection, StoredEvent event) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into event_store.domain_events (event_identifier, aggregate_identifier, sequence_number, type,
                time_stamp, payload_type, payload, meta_data) values (?, ?, ?, 'JobAggregate', ?, ?, ?, ?)""")) {
            insert.setString(1, event.eventId());
            insert.setString(2, event.jobId());
            insert.setLong(3, event.sequence());
            insert.setString(4, event.time());
            insert.setString(5, event.type());
            insert.setBytes(6, event.payload());
            insert.setBytes(7, event.metaData());
            insert.executeUpdate();
        }
    }
}
