package io.campaignlauncher.job.axon;

import java.sql.SQLException;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;

/** Where the events are, in the names of {@code V1__event_store.sql}. */
final class EventStoreTable {

    private static final String UNIQUE_VIOLATION = "23505";

    static final EventSchema SCHEMA = EventSchema.builder()
            .eventTable("event_store.domain_events")
            .globalIndexColumn("global_index")
            .eventIdentifierColumn("event_identifier")
            .aggregateIdentifierColumn("aggregate_identifier")
            .sequenceNumberColumn("sequence_number")
            .typeColumn("type")
            .timestampColumn("time_stamp")
            .payloadTypeColumn("payload_type")
            .payloadRevisionColumn("payload_revision")
            .payloadColumn("payload")
            .metaDataColumn("meta_data")
            .build();

    private EventStoreTable() {}

    /** Whether another instance has appended to the same job first. */
    static boolean isConflict(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
