package io.campaignlauncher.tools.events;

/**
 * An event as it was stored, word for word.
 *
 * @param globalIndex its place in the event store; {@link #NOT_TOLD} where it comes from the topic
 * @param eventId     unique
 * @param jobId       its job
 * @param sequence    its place in the job's history, from 0
 * @param time        when it happened, as the store has it: ISO 8601, UTC
 * @param type        the name of its Avro record
 * @param payload     Avro single-object encoding
 * @param metaData    what was stored beside it: a JSON object of strings, UTF-8
 */
public record StoredEvent(long globalIndex, String eventId, String jobId, long sequence, String time, String type,
        byte[] payload, byte[] metaData) {

    public static final long NOT_TOLD = 0;
}
