package io.campaignlauncher.tools;

import io.campaignlauncher.messaging.letters.DeadLetter;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.tools.events.WholeTopic;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The dead letters of a topic. That one was redriven is noted on the same topic and partition. */
final class DeadLetterTopic implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final Map<Integer, Set<Long>> redriven = new HashMap<>();

    /** What was published until now is what it consists of. */
    DeadLetterTopic(KafkaConnection connection, Topic topic) {
        this.consumer = connection.consumer();
        this.ends = WholeTopic.ends(consumer, topic.deadLetterName());
        read(record -> {
            var offset = DeadLetter.redrivenOffset(record);
            if (offset != null) {
                redriven.computeIfAbsent(record.partition(), _ -> new HashSet<>()).add(offset);
            }
        });
    }

    /** A letter and whether it was redriven. */
    record Entry(int partition, long offset, DeadLetter letter, boolean redriven) {}

    /** Every letter in its order. */
    void forEach(Consumer<Entry> action) {
        read(record -> {
            if (DeadLetter.redrivenOffset(record) == null) {
                action.accept(new Entry(record.partition(), record.offset(), new DeadLetter(record),
                        redriven.getOrDefault(record.partition(), Set.of()).contains(record.offset())));
            }
        });
    }

    private void read(Consumer<ConsumerRecord<byte[], byte[]>> action) {
        WholeTopic.read(consumer, ends, action);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
