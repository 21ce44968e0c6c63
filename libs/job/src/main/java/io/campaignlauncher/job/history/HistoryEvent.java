package io.campaignlauncher.job.history;

import io.campaignlauncher.job.messages.StoredEvents;
import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event of a job as the store has it.
 *
 * @param version       its place in the job's history, from 0
 * @param type          the name of its message
 * @param correlationId follows one request through all services
 * @param causationId   the message that led to it; null where it began here
 * @param traceparent   W3C trace context
 * @param message       null where this version of the software cannot read it
 * @param unreadable    why; null where it can
 */
public record HistoryEvent(UUID jobId, long version, Instant at, String eventId, String type,
        @Nullable String correlationId, @Nullable String causationId, @Nullable String traceparent,
        @Nullable SpecificRecord message, @Nullable String unreadable) {

    /**
     * Reads the message, if this version of the software can.
     *
     * @param beside  what was stored beside it, by the names of {@link StoredMetaData}
     * @param payload Avro single-object encoding
     */
    public static HistoryEvent decoded(UUID jobId, long version, Instant at, String eventId, String type,
            Map<String, String> beside, byte[] payload, AvroEncoding encoding) {
        SpecificRecord message = null;
        String unreadable = null;
        try {
            message = encoding.decode(type, payload);
        } catch (UnreadableRecord e) {
            unreadable = e.getMessage();
        }
        return new HistoryEvent(jobId, version, at, eventId, type, beside.get(StoredMetaData.CORRELATION_ID),
                beside.get(StoredMetaData.CAUSATION_ID), beside.get(StoredMetaData.TRACEPARENT), message, unreadable);
    }

    /** {@code version, at, eventId, type, correlationId, causationId, traceparent, payload}; {@code unreadable} where there is no payload. */
    public ObjectNode document() {
        var document = JsonNodeFactory.instance.objectNode()
                .put("version", version)
                .put("at", at.toString())
                .put("eventId", eventId)
                .put("type", type)
                .put("correlationId", correlationId)
                .put("causationId", causationId)
                .put("traceparent", traceparent);
        document.set("payload", message == null ? null : AvroJson.of(message));
        return unreadable == null ? document : document.put("unreadable", unreadable);
    }

    /** @throws UnreadableRecord where this version of the software cannot read it */
    public JobEvent asJobEvent() {
        return StoredEvents.event(readable());
    }

    /** Its message. @throws UnreadableRecord where this version of the software cannot read it */
    SpecificRecord readable() {
        if (message == null) {
            throw new UnreadableRecord("event " + version + " of job " + jobId + ": " + unreadable, null);
        }
        return message;
    }
}
