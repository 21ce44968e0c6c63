package io.campaignlauncher.job.stored;

import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificRecord;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads jobs from the event store. Every call blocks; none holds a connection longer than one short query. */
public final class JobHistory {

    private static final int PAGE_EVENTS = 32;
    private static final String COLUMNS = """
            aggregate_identifier, sequence_number, time_stamp, event_identifier, payload_type, payload, meta_data""";

    private final JdbcClient jdbc;
    private final AvroEncoding encoding;

    public JobHistory(DataSource dataSource, AvroEncoding encoding) {
        this.jdbc = JdbcClient.create(dataSource);
        this.encoding = encoding;
    }

    /** How far someone has read. @param version of the last event read; {@link RecordedJob#BEFORE_THE_FIRST}: none */
    public record Place(UUID jobId, long version) {}

    /** Whether the job has any event. */
    public boolean knows(UUID jobId) {
        return jdbc.sql("""
                select exists (select from event_store.domain_events
                               where aggregate_identifier = ? and sequence_number = 0)""")
                .param(jobId.toString()).query(Boolean.class).single();
    }

    /** The job's events up to a point, the oldest first; read a page at a time, when they are asked for. */
    public Stream<HistoryEvent> events(UUID jobId, Point upTo) {
        return Stream.iterate(page(jobId, RecordedJob.BEFORE_THE_FIRST), page -> !page.isEmpty(),
                page -> page.size() < PAGE_EVENTS ? List.of() : page(jobId, page.getLast().version()))
                .flatMap(List::stream)
                .takeWhile(event -> upTo.covers(event.version(), event.at()));
    }

    /**
     * The job as it was at a point; {@link RecordedJob#unseen} where it had no event then.
     *
     * @throws UnreadableRecord where this version of the software cannot read one of its events
     */
    public RecordedJob job(UUID jobId, Point at) {
        var job = RecordedJob.unseen(jobId);
        for (var events = events(jobId, at).iterator(); events.hasNext();) {
            job = job.after(events.next());
        }
        return job;
    }

    /**
     * What comes after many places, in one query: the oldest events first within a job, in no order among jobs.
     *
     * @param places      of different jobs
     * @param perPlaceMax events for each place
     * @param eventsMax   events in all
     */
    public List<HistoryEvent> after(List<Place> places, int perPlaceMax, int eventsMax) {
        return jdbc.sql("""
                select e.* from unnest(?::text[], ?::bigint[]) as place (job, version)
                cross join lateral (
                    select %s from event_store.domain_events
                    where aggregate_identifier = place.job and sequence_number > place.version
                    order by sequence_number limit ?) e
                limit ?""".formatted(COLUMNS))
                .params(places.stream().map(place -> place.jobId().toString()).toArray(String[]::new),
                        places.stream().map(Place::version).toArray(Long[]::new), perPlaceMax, eventsMax)
                .query((row, _) -> event(row)).list();
    }

    private List<HistoryEvent> page(UUID jobId, long after) {
        return after(List.of(new Place(jobId, after)), PAGE_EVENTS, PAGE_EVENTS);
    }

    private HistoryEvent event(ResultSet row) throws SQLException {
        var type = row.getString("payload_type");
        var metaData = StoredMetaData.read(row.getBytes("meta_data"));
        SpecificRecord message = null;
        String unreadable = null;
        try {
            message = encoding.decode(type, row.getBytes("payload"));
        } catch (UnreadableRecord e) {
            unreadable = e.getMessage();
        }
        return new HistoryEvent(UUID.fromString(row.getString("aggregate_identifier")), row.getLong("sequence_number"),
                Instant.parse(row.getString("time_stamp")), row.getString("event_identifier"), type,
                metaData.get(StoredMetaData.CORRELATION_ID), metaData.get(StoredMetaData.CAUSATION_ID),
                metaData.get(StoredMetaData.TRACEPARENT), message, unreadable);
    }
}
