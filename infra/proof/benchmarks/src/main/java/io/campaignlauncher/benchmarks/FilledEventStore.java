package io.campaignlauncher.benchmarks;

import io.campaignlauncher.embedded.EmbeddedDatabase;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Fills the event store of an empty database: launches side by side, their events interleaved. A few hundred histories are
 * written by the model; the others are the same under another job id.
 */
final class FilledEventStore {

    private static final int TEMPLATES = 200;
    private static final int AT_ONCE = 500;
    private static final int UUID_LENGTH = 36;
    private static final int COLUMNS = 8;
    private static final int BUFFER = 1 << 20;
    private static final byte[] HEADER = "PGCOPY\n\u00FF\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private final List<Template> templates = new ArrayList<>();
    private final DataOutputStream out;
    private long bytes;
    private long number;

    /** @param jobIdAt where the job's id stands in each payload */
    private record Template(List<LaunchHistories.Event> events, List<int[]> jobIdAt) {}

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

    private FilledEventStore(DataOutputStream out) {
        this.out = out;
        for (int i = 0; i < TEMPLATES; i++) {
            templates.add(template(i));
        }
    }

    /** @return the average bytes of a payload */
    static long fill(EmbeddedDatabase database, long events) throws SQLException, IOException {
        Flyway.configure().dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/job").load().migrate();
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.username(),
                database.password())) {
            long average;
            try (var copy = new DataOutputStream(
                    new BufferedOutputStream(
                            new PGCopyOutputStream(connection.unwrap(PGConnection.class),
                                    """
                                            copy event_store.domain_events (event_identifier, aggregate_identifier, sequence_number, type,
                                            time_stamp, payload_type, payload, meta_data) from stdin (format binary)""",
                                    BUFFER),
                            BUFFER))) {
                average = new FilledEventStore(copy).write(events);
            }
            try (var statement = connection.createStatement()) {
                statement.execute("vacuum analyze event_store.domain_events");
            }
            try (var administrator = DriverManager.getConnection(database.jdbcUrl(),
                    database.administrator().username(), database.administrator().password());
                    var statement = administrator.createStatement()) {
                statement.execute("checkpoint");
            }
            return average;
        }
    }

    private long write(long events) throws IOException {
        out.write(HEADER);
        var open = new ArrayList<Launch>();
        long written = 0;
        while (written < events || !open.isEmpty()) {
            while (open.size() < AT_ONCE && written < events) {
                open.add(new Launch(templates.get((int) (number++ % TEMPLATES)), number * 20));
            }
            for (var launches = open.iterator(); launches.hasNext();) {
                var launch = launches.next();
                row(launch);
                written++;
                if (++launch.next == launch.template.events().size()) {
                    launches.remove();
                }
            }
        }
        out.writeShort(-1);
        return bytes / written;
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
