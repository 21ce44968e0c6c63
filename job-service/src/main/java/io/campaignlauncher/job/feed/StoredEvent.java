package io.campaignlauncher.job.feed;

import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.schemas.Envelope;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A row of the event table, as it is: what cannot be read in it is found out where the event is published, and holds up no other.
 *
 * @param timeStamp ISO 8601
 * @param payload   Avro single-object encoding
 * @param metaData  JSON; what was stored beside it
 */
record StoredEvent(long globalIndex, String eventId, String jobId, long sequence, String timeStamp, String type,
        byte[] payload, byte @Nullable [] metaData) {

    private static final String SOURCE = "/job-service";

    /** @throws RuntimeException when the time or what was stored beside the event cannot be read */
    Envelope envelope() {
        var beside = StoredMetaData.read(metaData);
        return new Envelope(eventId, type, SOURCE, jobId, Instant.parse(timeStamp), sequence,
                beside.getOrDefault(StoredMetaData.CORRELATION_ID, jobId), beside.get(StoredMetaData.CAUSATION_ID),
                beside.get(StoredMetaData.TRACEPARENT));
    }

    Instant timeOr(Instant otherwise) {
        try {
            return Instant.parse(timeStamp);
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }
}
