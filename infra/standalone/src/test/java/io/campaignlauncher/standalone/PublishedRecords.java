package io.campaignlauncher.standalone;

import io.campaignlauncher.schemas.LaunchRecords.Received;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Follows job.events and the dead letters of every topic from their beginning, as an auditor would. */
final class PublishedRecords implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final LaunchRecords records = new LaunchRecords();
    private final Map<String, List<ConsumerRecord<String, byte[]>>> byJob = new ConcurrentHashMap<>();
    private final List<ConsumerRecord<String, byte[]>> deadLetters = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean goesOn = true;

    private PublishedRecords(Map<String, Object> kafka) {
        thread = Thread.ofPlatform().daemon().name("published-records").start(() -> follow(consumer(kafka)));
    }

    static PublishedRecords follow(Map<String, Object> kafka) {
        return new PublishedRecords(kafka);
    }

    private static KafkaConsumer<String, byte[]> consumer(Map<String, Object> kafka) {
        var settings = new HashMap<>(kafka);
        settings.putAll(Map.of("enable.auto.commit", "false", "isolation.level", "read_committed"));
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        var topics = Stream.concat(Stream.of(Topic.JOB_EVENTS.topicName()),
                Arrays.stream(Topic.values()).map(Topic::deadLetterName));
        var partitions = topics.flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private void follow(KafkaConsumer<String, byte[]> consumer) {
        try (consumer) {
            while (goesOn) {
                for (var record : consumer.poll(POLL)) {
                    if (record.topic().equals(Topic.JOB_EVENTS.topicName())) {
                        byJob.computeIfAbsent(record.key(), _ -> new CopyOnWriteArrayList<>()).add(record);
                    } else {
                        deadLetters.add(record);
                    }
                }
            }
        }
    }

    /** The records of a job as they were published, repeated ones too. */
    List<ConsumerRecord<String, byte[]>> recordsOf(String jobId) {
        return List.copyOf(byJob.getOrDefault(jobId, List.of()));
    }

    /** The events of a job in their order, each once. */
    List<Received> eventsOf(String jobId) {
        var seen = new HashSet<String>();
        return recordsOf(jobId).stream().map(records::read).filter(event -> seen.add(event.envelope().id())).toList();
    }

    /** The events of one kind. */
    <E extends SpecificRecord> List<E> eventsOf(String jobId, Class<E> type) {
        return eventsOf(jobId).stream().map(Received::message).filter(type::isInstance).map(type::cast).toList();
    }

    List<ConsumerRecord<String, byte[]>> deadLetters() {
        return List.copyOf(deadLetters);
    }

    /** What was expected is put aside; what is left at the end of a test is a defect. */
    void takeAway(ConsumerRecord<String, byte[]> deadLetter) {
        deadLetters.remove(deadLetter);
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        goesOn = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
