package io.campaignlauncher.benchmarks;

import io.campaignlauncher.embedded.EmbeddedDatabase;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Fills an event store: launches side by side, their events interleaved. A few hundred histories are
 * written by the model; the others are the same under another job id.
 */
final class FilledEventStore {

    private static final int TEMPLATES = 200;
    private static final int AT_ONCE = 500;
    private static final int UUID_LENGTH = 36;
    private static final int COLUMNS = 8;
    private static final long APART_MS = 20;
    private static final int BUFFER = 1 << 16;
    private static final byte[] HEADER = "PGCOPY\n\u00FF\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private final List<Template> templates = new ArrayList<>();
    private final Connection connection;
    private final long eventsPerTransaction;
    private final List<Written> launches = new ArrayList<>();
    private DataOutputStream out = new DataOutputStream(OutputStream.nullOutputStream());
    private long bytes;
    private long written;
    private long writtenBefore;

    /** @param jobIdAt where the job's id stands in each payload */
    private record Template(List<LaunchHistories.Event> events, List<int[]> jobIdAt) {}

    /** A launch that is stored. @param like the launch that it is the same as, but for its id and its time; itself where it is the first */
    record Written(UUID jobId, UUID like, Duration later) {}

    private static final class Launch {

        private final String jobId = UUID.randomUUID().toString();
        private final Template template;
        private final long offsetMillis;
        private int next;

        Launch(Template template, long offsetMillis) {
            this.template = template;
            this.offsetMillis = offsetMillis;
        }
    }

    /** @param connection that commits by itself, to a database with the tables of the job-service */
    FilledEventStore(Connection connection, long eventsPerTransaction) {
        this.connection = connection;
        this.eventsPerTransaction = eventsPerTransaction;
        for (int i = 0; i < TEMPLATES; i++) {
            templates.add(template(i));
        }
    }

    /** @return the average bytes of a payload */
    static long fill(EmbeddedDatabase database, long events) throws SQLException, IOException {
        migrate(database);
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.username(),
                database.password())) {
            var store = new FilledEventStore(connection, Long.MAX_VALUE);
            store.write(events);
            try (var statement = connection.createStatement()) {
                statement.execute("vacuum analyze event_store.domain_events");
            }
            administer(database, "checkpoint");
            return store.bytes / store.written;
        }
    }

    static void migrate(EmbeddedDatabase database) {
        Flyway.configure().dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/job").load().migrate();
    }

    /** What only the server's administrator may do. */
    static void administer(EmbeddedDatabase database, String sql) throws SQLException {
        try (var administrator = DriverManager.getConnection(database.jdbcUrl(), database.administrator().username(),
                database.administrator().password());
                var statement = administrator.createStatement()) {
            statement.execute(sql);
        }
    }

    /** One launch of each kind. */
    void writeFirstOfEachKind() throws SQLException, IOException {
        write(() -> launches.size() < TEMPLATES);
    }

    /** Further launches until there are so many events. */
    void write(long events) throws SQLException, IOException {
        write(() -> written < events);
    }

    /** All so far, in the order in which they begin. */
    List<Written> launches() {
        return launches;
    }

    long events() {
        return written;
    }

    private void write(BooleanSupplier more) throws SQLException, IOException {
        var open = new ArrayList<Launch>();
        begin();
        while (more.getAsBoolean() || !open.isEmpty()) {
            while (open.size() < AT_ONCE && more.getAsBoolean()) {
                open.add(launch());
            }
            for (var each = open.iterator(); each.hasNext();) {
                var launch = each.next();
                if (written - writtenBefore == eventsPerTransaction) {
                    end();
                    begin();
                }
                row(launch);
                written++;
                if (++launch.next == launch.template.events().size()) {
                    each.remove();
                }
            }
        }
        end();
    }

    private void begin() throws SQLException, IOException {
        writtenBefore = written;
        out = new DataOutputStream(new BufferedOutputStream(new PGCopyOutputStream(
                connection.unwrap(PGConnection.class),
                """
                        copy event_store.domain_events (event_identifier, aggregate_identifier, sequence_number, type,
                        time_stamp, payload_type, payload, meta_data) from stdin (format binary)""",
                BUFFER), BUFFER));
        out.write(HEADER);
    }

    private void end() throws IOException {
        out.writeShort(-1);
        out.close();
    }

    private Launch launch() {
        int number = launches.size();
        var launch = new Launch(templates.get(number % TEMPLATES), (number + 1) * APART_MS);
        var jobId = UUID.fromString(launch.jobId);
        launches.add(number < TEMPLATES ? new Written(jobId, jobId, Duration.ZERO)
                : new Written(jobId, launches.get(number % TEMPLATES).jobId(),
                        Duration.ofMillis((number - number % TEMPLATES) * APART_MS)));
        return launch;
    }

    private void row(Launch launch) throws IOException {
        var event = launch.template.events().get(launch.next);
        var payload = event.payload().clone();
        for (int position : launch.template.jobIdAt().get(launch.next)) {
            System.arraycopy(ascii(launch.jobId), 0, payload, position, UUID_LENGTH);
        }
        bytes += payload.length;
        out.writeShort(COLUMNS);
        field(ascii(UUID.randomUUID().toString()));
        field(ascii(launch.jobId));
        out.writeInt(Long.BYTES);
        out.writeLong(launch.next);
        field(ascii("JobAggregate"));
        field(ascii(event.at().plusMillis(launch.offsetMillis).toString()));
        field(ascii(event.type()));
        field(payload);
        field(ascii("{\"correlationId\":\"" + launch.jobId + "\",\"causationId\":\"" + UUID.randomUUID()
                + "\",\"traceparent\":\"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\"}"));
    }

    private void field(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private static Template template(int number) {
        var events = LaunchHistories.launch(number);
        var jobId = LaunchHistories.jobId(number);
        return new Template(events, events.stream().map(event -> positions(event.payload(), jobId)).toList());
    }

    private static int[] positions(byte[] payload, String jobId) {
        var text = new String(payload, StandardCharsets.ISO_8859_1);
        var found = new ArrayList<Integer>();
        for (int at = text.indexOf(jobId); at >= 0; at = text.indexOf(jobId, at + 1)) {
            found.add(at);
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
