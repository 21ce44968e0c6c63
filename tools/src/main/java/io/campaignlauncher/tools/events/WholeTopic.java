package io.campaignlauncher.tools.events;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic from its beginning to where it ends when the reading begins. */
public final class WholeTopic {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private WholeTopic() {}

    /** Where each partition ends now; none where Kafka has no such topic. */
    public static Map<TopicPartition, Long> ends(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.endOffsets(consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition())).toList());
    }

    /** The same for a topic without which it makes no sense. @throws OperationRefused where Kafka has no such topic */
    public static Map<TopicPartition, Long> endsOfExisting(KafkaConsumer<?, ?> consumer, String topic) {
        var ends = ends(consumer, topic);
        if (ends.isEmpty()) {
            throw new OperationRefused("Kafka has no topic " + topic);
        }
        return ends;
    }

    /**
     * Hands over every record before these ends, those of one partition in their order.
     *
     * @param consumer without a group
     * @throws OperationRefused where Kafka gives none for too long
     */
    public static <K, V> void read(KafkaConsumer<K, V> consumer, Map<TopicPartition, Long> ends,
            Consumer<ConsumerRecord<K, V>> action) {
        if (ends.isEmpty()) {
            return;
        }
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        readOn(consumer, ends, record -> {
            if (record.offset() < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                action.accept(record);
            }
        });
    }

    /**
     * Hands over what stands between where the consumer is and these ends, and may go a little further.
     *
     * @throws OperationRefused where Kafka gives none for too long
     */
    public static <K, V> void readOn(KafkaConsumer<K, V> consumer, Map<TopicPartition, Long> ends,
            Consumer<ConsumerRecord<K, V>> action) {
        long lastSign = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            var records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                lastSign = System.nanoTime();
            } else if (System.nanoTime() - lastSign > PATIENCE.toNanos()) {
                throw new OperationRefused("Kafka gives no records of " + topics(ends) + " for "
                        + PATIENCE.toSeconds() + " s");
            }
            records.forEach(action);
        }
    }

    private static List<String> topics(Map<TopicPartition, Long> ends) {
        return ends.keySet().stream().map(TopicPartition::topic).distinct().toList();
    }
}
