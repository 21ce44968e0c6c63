package io.campaignlauncher.changefeed;

import io.campaignlauncher.eventstore.StoredEvent;
import java.nio.ByteBuffer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Makes stored events of the rows that Debezium tells of: the only ones that are not read from the table. */
final class EventRows {

    private EventRows() {}

    /** The row inserted, or null for anything else: heartbeats, and what a table is not supposed to see. */
    static @Nullable StoredEvent inserted(SourceRecord change) {
        if (!(change.value() instanceof Struct value) || value.schema().field("after") == null) {
            return null;
        }
        var operation = value.getString("op");
        var row = value.getStruct("after");
        if (row == null || !"c".equals(operation)) {
            return null;
        }
        return new StoredEvent(row.getInt64("global_index"), row.getString("event_identifier"),
                row.getString("aggregate_identifier"), row.getInt64("sequence_number"),
                row.getString("time_stamp"), row.getString("payload_type"), bytes(row.get("payload")),
                bytes(row.get("meta_data")));
    }

    private static byte[] bytes(@Nullable Object value) {
        return switch (value) {
            case null -> new byte[0];
            case byte[] array -> array;
            case ByteBuffer buffer -> {
                var copy = new byte[buffer.remaining()];
                buffer.duplicate().get(copy);
                yield copy;
            }
            default -> throw new IllegalArgumentException("not bytes: " + value.getClass());
        };
    }
}
