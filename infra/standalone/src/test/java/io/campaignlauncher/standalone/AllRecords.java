package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that is on Kafka at one moment: every topic from its beginning to its end, Kafka's own too. */
final class AllRecords {

    private static final Duration POLL = Duration.ofMillis(100);

    private AllRecords() {}

    static List<ConsumerRecord<byte[], byte[]>> of(RunningSystem system) {
        return of(system, _ -> true);
    }

    private static List<ConsumerRecord<byte[], byte[]>> of(RunningSystem system, Predicate<String> topics) {
        var settings = system.kafka(Map.of("enable.auto.commit", "false", "exclude.internal.topics", "false"));
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.listTopics().values().stream().flatMap(List::stream)
                    .filter(info -> topics.test(info.topic()))
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var until = System.nanoTime() + RunningSystem.PATIENCE.toNanos();
            var all = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                assertThat(System.nanoTime() - until).as("reading everything on Kafka takes too long").isNegative();
                consumer.poll(POLL).forEach(all::add);
            }
            return all;
        }
    }

    /** Those about one job, by what their headers say. */
    static List<ConsumerRecord<byte[], byte[]>> about(RunningSystem system, String jobId) {
        return of(system, topic -> !topic.startsWith("__")).stream()
                .filter(record -> PublishedRecords.header(record, "ce_subject").equals(jobId))
                .toList();
    }

    static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
