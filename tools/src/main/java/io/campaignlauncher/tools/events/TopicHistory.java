package io.campaignlauncher.tools.events;

import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.Topic;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** The history of a single job, out of {@code job.events}: the whole topic is read, as partitions may have been added. */
public final class TopicHistory {

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
        var event = PublishedEvent.of(record);
        return HistoryEvent.decoded(of, event.sequence(), event.time(), event.id(), event.type(), event.beside(),
                event.payload(), encoding);
    }
}
