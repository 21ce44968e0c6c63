package io.campaignlauncher.tools.events;

import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/** Histories of single jobs, out of the event store. */
public final class Histories {

    private Histories() {}

    /**
     * Every event of a job in order; none where there is no such job.
     *
     * @throws OperationRefused where one is missing between others
     */
    public static List<HistoryEvent> of(EventStore store, UUID jobId, AvroEncoding encoding) throws SQLException {
        var events = new ArrayList<HistoryEvent>();
        try (var cursor = store.of(jobId)) {
            while (cursor.next()) {
                if (cursor.sequence() != events.size()) {
                    throw new OperationRefused("event " + events.size() + " of job " + jobId
                            + " is missing from the event store; event " + cursor.sequence() + " is there");
                }
                events.add(event(jobId, cursor.time(), cursor.event(), encoding));
            }
        }
        return events;
    }

    private static HistoryEvent event(UUID jobId, Instant at, StoredEvent stored, AvroEncoding encoding) {
        var metaData = StoredMetaData.read(stored.metaData());
        SpecificRecord message = null;
        String unreadable = null;
        try {
            message = encoding.decode(stored.type(), stored.payload());
        } catch (UnreadableRecord e) {
            unreadable = e.getMessage();
        }
        return new HistoryEvent(jobId, stored.sequence(), at, stored.eventId(), stored.type(),
                metaData.get(StoredMetaData.CORRELATION_ID), metaData.get(StoredMetaData.CAUSATION_ID),
                metaData.get(StoredMetaData.TRACEPARENT), message, unreadable);
    }
}
