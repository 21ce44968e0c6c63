package io.campaignlauncher.tools.events;

import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.job.model.Ownership;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An event as its topic tells it, which is all that the event store has of it but its place among those of others.
 *
 * @param stream   what it is about, such as a job
 * @param sequence its place in the stream, from 0
 * @param type     the name of its Avro record
 * @param beside   what the event store has beside it, by the names of {@link StoredMetaData}
 * @param payload  Avro single-object encoding
 */
public record PublishedEvent(String stream, long sequence, String id, Instant time, String type,
        Map<String, String> beside, byte[] payload) {

    private static final Map<String, String> ORIGIN = Map.of(StoredMetaData.CORRELATION_ID, "ce_correlationid",
            StoredMetaData.CAUSATION_ID, "ce_causationid", StoredMetaData.TRACEPARENT, "ce_traceparent");

    /** @throws OperationRefused where it is no event */
    public static PublishedEvent of(ConsumerRecord<String, byte[]> record) {
        var headers = record.headers();
        try {
            var stream = needed(headers, "ce_subject");
            return new PublishedEvent(stream, Long.parseLong(needed(headers, "ce_sequence")),
                    needed(headers, "ce_id"), OffsetDateTime.parse(needed(headers, "ce_time")).toInstant(),
                    needed(headers, "ce_type"), beside(stream, headers), record.value());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw noEvent(record, e);
        }
    }

    static OperationRefused noEvent(ConsumerRecord<?, ?> record, RuntimeException why) {
        return new OperationRefused("the record " + record.topic() + "-" + record.partition() + "@" + record.offset()
                + " is no event: " + why.getMessage());
    }

    private static Map<String, String> beside(String stream, Headers headers) {
        var beside = new HashMap<>(Map.of(StoredMetaData.CORRELATION_ID, stream));
        ORIGIN.forEach((name, header) -> {
            var value = header(headers, header);
            if (value != null) {
                beside.put(name, value);
            }
        });
        StoredMetaData.put(beside, new Ownership(owned(headers, "ce_tenant"), owned(headers, "ce_owner")));
        return beside;
    }

    private static String owned(Headers headers, String name) {
        var value = header(headers, name);
        return value == null ? StoredMetaData.LEFT_OUT : value;
    }

    static String needed(Headers headers, String name) {
        var value = header(headers, name);
        if (value == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return value;
    }

    private static @Nullable String header(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
