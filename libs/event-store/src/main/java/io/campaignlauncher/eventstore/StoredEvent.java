package io.campaignlauncher.eventstore;

import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.schemas.AvroEncoding;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/**
 * An event exactly as it was stored. Nothing is checked here: what cannot be read in one event is found out by who reads it,
 * and holds up no other.
 *
 * @param globalIndex its place in the event store; {@link #NOT_TOLD} where it comes from the topic
 * @param eventId     unique; empty where nobody asks for it
 * @param jobId       its job
 * @param sequence    its place in the job's history, from 0
 * @param time        when it happened, as the store has it: ISO 8601, UTC
 * @param type        the name of its Avro record
 * @param payload     Avro single-object encoding
 * @param metaData    what was stored beside it: a JSON object of strings, UTF-8; no bytes for none
 */
public record StoredEvent(long globalIndex, String eventId, String jobId, long sequence, String time, String type,
        byte[] payload, byte[] metaData) {

    public static final long NOT_TOLD = 0;
    private static final byte[] NOTHING = {};

    /** An event as it came over its topic, for who needs to know no more of it. */
    public static StoredEvent fromTopic(UUID jobId, long sequence, Instant at, String type, byte[] payload) {
        return new StoredEvent(NOT_TOLD, "", jobId.toString(), sequence, at.toString(), type, payload, NOTHING);
    }

    /** @throws IllegalArgumentException where it is of no job */
    public UUID job() {
        return UUID.fromString(jobId);
    }

    /** When it happened. @throws DateTimeException where that cannot be read */
    public Instant at() {
        return Instant.parse(time);
    }

    /** The same; another time where its own cannot be read. */
    public Instant atOr(Instant otherwise) {
        try {
            return at();
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    /**
     * Its message, read if this version of the software can.
     *
     * @throws RuntimeException where its job, its time or what was stored beside it cannot be read
     */
    public HistoryEvent decoded(AvroEncoding encoding) {
        return HistoryEvent.decoded(job(), sequence, at(), eventId, type, StoredMetaData.read(metaData), payload,
                encoding);
    }
}
