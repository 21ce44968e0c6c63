package io.campaignlauncher.job.feed;

import io.campaignlauncher.job.axon.StoredMetaData;
import io.campaignlauncher.schemas.Envelope;
import java.time.Instant;
import java.util.Map;

/**
 * A row of the event table.
 *
 * @param payload  Avro single-object encoding
 * @param metaData what was stored beside it
 */
record StoredEvent(long globalIndex, String eventId, String jobId, long sequence, Instant time, String type,
        byte[] payload,
        Map<String, String> metaData) {

    private static final String SOURCE = "/job-service";

    Envelope envelope() {
        return new Envelope(eventId, type, SOURCE, jobId, time, sequence,
                metaData.getOrDefault(StoredMetaData.CORRELATION_ID, jobId), metaData.get(StoredMetaData.CAUSATION_ID),
                metaData.get(StoredMetaData.TRACEPARENT));
    }
}
