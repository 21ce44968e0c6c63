package io.campaignlauncher.benchmarks;

import io.campaignlauncher.embedded.EmbeddedDatabase;
import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.readmodel.ReplayedJob;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.QuickDecoding;
import io.campaignlauncher.tools.events.EventStore;
import java.lang.management.ManagementFactory;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * How fast stored events are read, by one thread that PostgreSQL's one process feeds: plain SELECT and plain COPY as baselines,
 * then the replay's own path. Events a second are by the clock, with PostgreSQL at work on another core; events a CPU second are
 * what the reading thread alone makes of a whole core, whatever else the machine does.
 */
final class ReplaySpeed {

    private static final int TIMES = 3;
    private static final int FETCH_ROWS = 5_000;
    private static final String COLUMNS = "select global_index, event_identifier, aggregate_identifier, sequence_number,"
            + " time_stamp, payload_type, payload, meta_data from event_store.domain_events order by global_index";

    private final EventStore.Address address;
    private final AvroEncoding encoding = new AvroEncoding();

    private ReplaySpeed(EventStore.Address address) {
        this.address = address;
    }

    /** Reads everything. @return how many events there were */
    private interface Pass {

        long run() throws Exception;
    }

    private record Row(String what, double perSecond, double perCpuSecond, long heapMib) {}

    static void run(long events) throws Exception {
        try (var database = EmbeddedDatabase.start()) {
            var average = FilledEventStore.fill(database, events);
            System.out.printf(Locale.ROOT,
                    "%,d events of launches of 50 + 50, payloads of %,d bytes on average; heap at most %d MiB%n%n",
                    events, average, Runtime.getRuntime().maxMemory() >> 20);
            new ReplaySpeed(new EventStore.Address(database.jdbcUrl(), database.username(), database.password()))
                    .measure();
        }
    }

    private void measure() throws Exception {
        var rows = new ArrayList<Row>();
        rows.add(best("plain SELECT, every column fetched", this::select));
        rows.add(best("plain COPY, bytes thrown away", this::copy));
        rows.add(best("replay: every column found, counted", this::count));
        rows.add(best("replay: every payload decoded in full", this::decode));
        rows.add(best("replay: decoded, every job folded to its rows", this::fold));
        rows.add(best("the same, messages read by Avro's own reader", this::foldWithAvro));
        rows.add(best("the same, rows by plain SELECT", this::foldRows));
        print(rows);
    }

    private Row best(String what, Pass pass) throws Exception {
        var best = timed(what, pass);
        for (int time = 1; time < TIMES; time++) {
            var row = timed(what, pass);
            if (row.perSecond() > best.perSecond()) {
                best = row;
            }
        }
        return best;
    }

    private static Row timed(String what, Pass pass) throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        var peak = new PeakHeap();
        long cpu = threads.getCurrentThreadCpuTime();
        long from = System.nanoTime();
        long events = pass.run();
        double seconds = (System.nanoTime() - from) / 1e9;
        double used = (threads.getCurrentThreadCpuTime() - cpu) / 1e9;
        return new Row(what, events / seconds, events / used, peak.mib());
    }

    private static void print(List<Row> rows) {
        System.out.printf("%-48s %12s %10s %10s %16s %10s%n", "one thread", "events/s", "x SELECT", "x COPY",
                "events/CPU s", "heap MiB");
        for (var row : rows) {
            System.out.printf(Locale.ROOT, "%-48s %,12.0f %10.2f %10.2f %,16.0f %10d%n", row.what(), row.perSecond(),
                    row.perSecond() / rows.get(0).perSecond(), row.perSecond() / rows.get(1).perSecond(),
                    row.perCpuSecond(), row.heapMib());
        }
    }

    private long select() throws SQLException {
        long events = 0;
        long bytes = 0;
        try (var connection = DriverManager.getConnection(address.url(), address.user(), address.password())) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.setFetchSize(FETCH_ROWS);
                try (var row = statement.executeQuery(COLUMNS)) {
                    while (row.next()) {
                        events++;
                        bytes += row.getLong(1) + row.getString(2).length() + row.getString(3).length() + row.getLong(4)
                                + row.getString(5).length() + row.getString(6).length() + row.getBytes(7).length
                                + row.getBytes(8).length;
                    }
                }
            }
        }
        return bytes == 0 ? 0 : events;
    }

    private long copy() throws Exception {
        try (var connection = DriverManager.getConnection(address.url(), address.user(), address.password())) {
            return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(
                    "copy (" + COLUMNS + ") to stdout (format binary)", java.io.OutputStream.nullOutputStream());
        }
    }

    private long count() throws SQLException {
        long events = 0;
        long bytes = 0;
        try (var store = EventStore.open(address); var cursor = store.all()) {
            while (cursor.next()) {
                events++;
                bytes += cursor.globalIndex() + cursor.sequence() + cursor.time().getNano() + cursor.payloadLength()
                        + cursor.type().length() + cursor.jobId().getLeastSignificantBits();
            }
        }
        return bytes == 0 ? 0 : events;
    }

    private long decode() throws SQLException {
        long events = 0;
        long fields = 0;
        var decoding = new QuickDecoding(encoding, Set.of(), Set.of());
        try (var store = EventStore.open(address); var cursor = store.all()) {
            while (cursor.next()) {
                events++;
                fields += cursor.decode(decoding).getSchema().getFields().size();
            }
        }
        return fields == 0 ? 0 : events;
    }

    private long fold() throws SQLException {
        var folding = new Folding();
        var decoding = ReplayedJob.decoding(encoding);
        try (var store = EventStore.open(address); var cursor = store.forFolding()) {
            while (cursor.next()) {
                folding.next(cursor.jobId(), cursor.sequence(), cursor.time(), cursor.decode(decoding));
            }
        }
        return folding.events();
    }

    private long foldWithAvro() throws SQLException {
        var folding = new Folding();
        try (var store = EventStore.open(address); var cursor = store.all()) {
            while (cursor.next()) {
                folding.next(cursor.jobId(), cursor.sequence(), cursor.time(), cursor.decode(encoding));
            }
        }
        return folding.events();
    }

    /** As the services read. */
    private long foldRows() throws SQLException {
        var folding = new Folding();
        try (var connection = DriverManager.getConnection(address.url(), address.user(), address.password())) {
            connection.setAutoCommit(false);
            new EventReader(new SingleConnectionDataSource(connection, true)).all(FETCH_ROWS, events -> events.forEach(
                    event -> folding.next(event.job(), event.sequence(), event.at(),
                            encoding.decode(event.type(), event.payload()))));
        }
        return folding.events();
    }

    /** Jobs are let go of when they have settled. */
    private static final class Folding {

        private final Map<UUID, ReplayedJob> open = new HashMap<>();
        private long events;
        private long settled;

        void next(UUID jobId, long sequence, Instant at, SpecificRecord event) {
            events++;
            var job = open.computeIfAbsent(jobId, ReplayedJob::new);
            job.apply(sequence, at, event);
            if (job.settled()) {
                open.remove(jobId);
                settled++;
            }
        }

        long events() {
            if (settled == 0) {
                throw new IllegalStateException("no job settled");
            }
            return events;
        }
    }
}
