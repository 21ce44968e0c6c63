package io.campaignlauncher.tools.events;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.schemas.AvroEncoding;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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
                events.add(decoded(cursor.event(), encoding));
            }
        }
        return events;
    }

    private static HistoryEvent decoded(StoredEvent event, AvroEncoding encoding) {
        try {
            return event.decoded(encoding);
        } catch (DateTimeException e) {
            throw new OperationRefused("event " + event.globalIndex() + " has no time: " + event.time());
        }
    }
}
