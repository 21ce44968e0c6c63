package io.campaignlauncher.tools;

import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.tools.events.WholeTopic;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of a topic. That one was redriven stands on the same topic and partition: a record without a value, with
 * the letter's offset in a header, written in one transaction with the redriven record itself.
 */
final class DeadLetterTopic implements AutoCloseable {

    static final String REDRIVEN_OFFSET = "dlt-redriven-offset";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final Map<Integer, Set<Long>> redriven = new HashMap<>();

    /** What was published until now is what it consists of. */
    DeadLetterTopic(KafkaConnection connection, Topic topic) {
        this.consumer = connection.consumer();
        this.ends = WholeTopic.ends(consumer, topic.deadLetterName());
        read(record -> {
            var offset = redrivenOffset(record);
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
            if (redrivenOffset(record) == null) {
                action.accept(new Entry(record.partition(), record.offset(), new DeadLetter(record),
                        redriven.getOrDefault(record.partition(), Set.of()).contains(record.offset())));
            }
        });
    }

    /** A letter always says where it came from, a note never does: so a stranger's header makes no letter look like a note. */
    private static @Nullable Long redrivenOffset(ConsumerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader(REDRIVEN_OFFSET);
        return header == null || record.headers().lastHeader(DeadLetter.TOPIC) != null ? null
                : Long.valueOf(new String(header.value(), StandardCharsets.UTF_8));
    }

    private void read(Consumer<ConsumerRecord<byte[], byte[]>> action) {
        WholeTopic.read(consumer, ends, action);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
