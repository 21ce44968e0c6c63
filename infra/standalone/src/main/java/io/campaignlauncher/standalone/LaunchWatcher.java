package io.campaignlauncher.standalone;

import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Follows one job on job.events, as any consumer may, and shows it until it settles. */
final class LaunchWatcher implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CALL_MAX = Duration.ofSeconds(30);

    private final KafkaConsumer<String, byte[]> consumer;
    private final LaunchRecords records = new LaunchRecords();
    private final Clock clock;

    /** From now on: what is published after this call is seen. */
    LaunchWatcher(KafkaSettings kafka, Clock clock) {
        this.clock = clock;
        consumer = new KafkaClients(kafka).reader("demo-watcher", new StringDeserializer(), CALL_MAX);
        var partitions = consumer.partitionsFor(Topic.JOB_EVENTS.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** @return the launch as far as it came before it settled or {@code goOn} said no */
    LaunchProgress follow(String jobId, ProgressDisplay display, BooleanSupplier goOn) {
        var progress = new LaunchProgress(UUID.fromString(jobId));
        while (progress.end() == null && goOn.getAsBoolean()) {
            for (var record : consumer.poll(POLL)) {
                if (jobId.equals(record.key())) {
                    progress.take(records.read(record));
                }
            }
            display.show(progress, clock.instant());
        }
        return progress;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
