package io.campaignlauncher.tools.events;

import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The history of a single job, out of {@code job.events}: the whole topic is read, as partitions may have been added. */
public final class TopicHistory {

    private static final Map<String, String> ORIGIN = Map.of(StoredMetaData.CORRELATION_ID, "ce_correlationid",
            StoredMetaData.CAUSATION_ID, "ce_causationid", StoredMetaData.TRACEPARENT, "ce_traceparent");

    private TopicHistory() {}

    /**
     * Every event of a job in order, as far as it is published now; none where there is no such job.
     *
     * @param consumer without a group
     * @param progress is told how many records were read
     * @throws OperationRefused where one is missing between others
     */
    public static List<HistoryEvent> of(KafkaConsumer<String, byte[]> consumer, UUID jobId, AvroEncoding encoding,
            LongConsumer progress) {
        var found = new TreeMap<Long, HistoryEvent>();
        var key = jobId.toString();
        var read = new long[1];
        WholeTopic.read(consumer, WholeTopic.endsOfExisting(consumer, Topic.JOB_EVENTS.topicName()), record -> {
            if (key.equals(record.key())) {
                var event = event(jobId, record, encoding);
                found.putIfAbsent(event.version(), event);
            }
            progress.accept(++read[0]);
        });
        for (long version = 0; version < found.size(); version++) {
            if (!found.containsKey(version)) {
                throw new OperationRefused("event " + version + " of job " + jobId + " is not on "
                        + Topic.JOB_EVENTS.topicName() + ", but event " + found.lastKey() + " is");
            }
        }
        return List.copyOf(found.values());
    }

    /** @param of what it is about */
    static HistoryEvent event(UUID of, ConsumerRecord<String, byte[]> record, AvroEncoding encoding) {
        var headers = record.headers();
        try {
            var type = needed(headers, "ce_type");
            return HistoryEvent.decoded(of, Long.parseLong(needed(headers, "ce_sequence")),
                    OffsetDateTime.parse(needed(headers, "ce_time")).toInstant(), needed(headers, "ce_id"), type,
                    beside(of, headers), record.value(), encoding);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw noEvent(record, e);
        }
    }

    static OperationRefused noEvent(ConsumerRecord<?, ?> record, RuntimeException why) {
        return new OperationRefused("the record " + record.topic() + "-" + record.partition() + "@" + record.offset()
                + " is no event: " + why.getMessage());
    }

    /** What a record's headers tell of its origin, by the names under which the event store has it. */
    private static Map<String, String> beside(UUID of, Headers headers) {
        var beside = new HashMap<>(Map.of(StoredMetaData.CORRELATION_ID, of.toString()));
        ORIGIN.forEach((name, header) -> {
            var value = header(headers, header);
            if (value != null) {
                beside.put(name, value);
            }
        });
        return beside;
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
