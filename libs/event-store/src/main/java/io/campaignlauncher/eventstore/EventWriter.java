package io.campaignlauncher.eventstore;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Appends events past Axon, for whoever locks rows of its own instead of loading one aggregate: many streams in one transaction,
 * which is the caller's. Every call blocks.
 */
public final class EventWriter {

    private final JdbcClient jdbc;
    private final String append;
    private final String next;

    /**
     * An event that is to be stored.
     *
     * @param eventId  unique, at most 64 characters
     * @param stream   at most 64 characters
     * @param sequence its place in the stream, from 0; where another one has it already, nothing is stored
     * @param kind     of the stream
     * @param time     ISO 8601, UTC
     * @param type     the name of its Avro record
     * @param payload  Avro single-object encoding
     * @param metaData what is stored beside it: a JSON object of strings, UTF-8
     */
    public record NewEvent(String eventId, String stream, long sequence, String kind, String time, String type,
            byte[] payload, byte[] metaData) {}

    public EventWriter(JdbcClient jdbc, EventStoreSchema schema) {
        this.jdbc = jdbc;
        append = "insert into " + schema.events() + " (event_identifier, aggregate_identifier, sequence_number, type,"
                + " time_stamp, payload_type, payload, meta_data)"
                + " select e.* from unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[],"
                + " ?::bytea[], ?::bytea[]) as e (id, stream, sequence, kind, at, type, payload, beside)"
                + " returning global_index";
        // Each stream is one access to the index, however many events there are.
        next = "select place.stream, last.sequence_number + 1 from unnest(?::text[]) as place (stream)"
                + " cross join lateral (select sequence_number from " + schema.events()
                + " where aggregate_identifier = place.stream order by sequence_number desc limit 1) last";
    }

    /** The sequence number of each stream's next event, where whoever else adds to it is kept out meanwhile; none where it has no event. */
    public Map<String, Long> next(Collection<String> streams) {
        var found = new HashMap<String, Long>();
        jdbc.sql(next).param(streams.toArray(String[]::new)).query(row -> {
            found.put(row.getString(1), row.getLong(2));
        });
        return found;
    }

    /**
     * All of them, in one statement.
     *
     * @return the global index of each, in the same order, and growing
     * @throws org.springframework.dao.DuplicateKeyException where an event has a place or an id that is taken
     */
    public List<Long> append(List<NewEvent> events) {
        return jdbc.sql(append).params(events.stream().map(NewEvent::eventId).toArray(String[]::new),
                events.stream().map(NewEvent::stream).toArray(String[]::new),
                events.stream().map(NewEvent::sequence).toArray(Long[]::new),
                events.stream().map(NewEvent::kind).toArray(String[]::new),
                events.stream().map(NewEvent::time).toArray(String[]::new),
                events.stream().map(NewEvent::type).toArray(String[]::new),
                events.stream().map(NewEvent::payload).toArray(byte[][]::new),
                events.stream().map(NewEvent::metaData).toArray(byte[][]::new)).query(Long.class).list();
    }
}
