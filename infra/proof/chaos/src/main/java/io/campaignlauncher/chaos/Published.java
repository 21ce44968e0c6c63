package io.campaignlauncher.chaos;

import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What is on the topics when all is over. */
final class Published {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> client;
    private final LaunchRecords records = new LaunchRecords();

    Published(Processes fleet) {
        client = fleet.kafka();
        client.putAll(Map.of("enable.auto.commit", "false", "isolation.level", "read_committed"));
    }

    /** Every record of a topic, a key's in their order. @param reader is given the key and what was read */
    void read(Topic topic, BiConsumer<String, LaunchRecords.Received> reader) {
        try (var consumer = consumer()) {
            var partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(POLL)) {
                    reader.accept(record.key(), records.read(record));
                }
            }
        }
    }

    /** A sentence for each topic of which something was put aside. */
    List<String> deadLetters() {
        var found = new ArrayList<String>();
        try (var consumer = consumer()) {
            for (var topic : Topic.values()) {
                var partition = new TopicPartition(topic.deadLetterName(), 0);
                var count = consumer.endOffsets(List.of(partition)).values().stream().mapToLong(end -> end).sum();
                if (count > 0) {
                    found.add(count + " records in " + topic.deadLetterName());
                }
            }
        }
        return found;
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
