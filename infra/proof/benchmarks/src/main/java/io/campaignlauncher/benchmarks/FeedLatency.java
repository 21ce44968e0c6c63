package io.campaignlauncher.benchmarks;

import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.JobFailed;
import io.campaignlauncher.schemas.Topic;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** From the commit of an event to a consumer of job.events that has it in hand. */
final class FeedLatency {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Object> properties;
    private final Map<String, Object> kafka;

    /** @param properties where the database is; @param kafka what a client is made with */
    FeedLatency(Map<String, Object> properties, Map<String, Object> kafka) {
        this.properties = properties;
        this.kafka = kafka;
    }

    /** Commits events one at a time, each in its own transaction, and measures each. @return ms */
    Percentiles measure(int warmUp, int events) throws Exception {
        var seen = new ConcurrentHashMap<String, Long>();
        var settings = new HashMap<>(kafka);
        settings.put("enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topic.JOB_EVENTS.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            var committed = new ConcurrentHashMap<String, Long>();
            var writer = Thread.ofPlatform().start(() -> write(warmUp + events, committed, seen));
            while (writer.isAlive()) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> seen.putIfAbsent(record.key(), System.nanoTime()));
            }
            return latencies(committed, seen, warmUp);
        }
    }

    private static Percentiles latencies(Map<String, Long> committed, Map<String, Long> seen, int warmUp) {
        List<Double> millis = new ArrayList<>();
        committed.entrySet().stream().sorted(Map.Entry.comparingByValue()).skip(warmUp).forEach(entry -> {
            var at = seen.get(entry.getKey());
            if (at == null) {
                throw new IllegalStateException("an event was never seen");
            }
            millis.add((at - entry.getValue()) / 1e6);
        });
        return new Percentiles(millis);
    }

    private void write(int events, Map<String, Long> committed, Map<String, Long> seen) {
        var encoding = new AvroEncoding();
        try (var connection = SystemDatabase.connect(properties);
                var insert = connection.prepareStatement(
                        """
                                insert into event_store.domain_events (event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
                                payload_type, payload, meta_data) values (?, ?, 0, 'JobAggregate', ?, 'JobFailed', ?, '{}'::text::bytea)""")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < events; i++) {
                var jobId = UUID.randomUUID().toString();
                insert.setString(1, UUID.randomUUID().toString());
                insert.setString(2, jobId);
                insert.setString(3, Instant.now().toString());
                insert.setBytes(4, encoding.encode(new JobFailed(jobId, List.of("feed latency benchmark"), true)));
                insert.executeUpdate();
                connection.commit();
                committed.put(jobId, System.nanoTime());
                var until = System.nanoTime() + PATIENCE.toNanos();
                while (!seen.containsKey(jobId) && System.nanoTime() < until) {
                    Thread.sleep(1);
                }
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
