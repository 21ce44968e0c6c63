package io.campaignlauncher.chaos;

import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Notes when each job's acceptance and settlement reach a consumer of job.events. */
public final class SettlementWatch implements AutoCloseable {

    private static final Set<String> ENDS = Set.of("JobCompleted", "JobFailed", "JobRolledBack");
    private static final Duration POLL = Duration.ofMillis(50);

    /** @param type the event that ended the job; @param nanos {@link System#nanoTime} when it was seen */
    public record Settlement(String type, long nanos) {}

    private final Map<String, Settlement> settlements = new ConcurrentHashMap<>();
    private final Map<String, Long> accepted = new ConcurrentHashMap<>();
    private final Map<String, List<Long>> heard = new ConcurrentHashMap<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean open = true;

    /** @param kafka what a client is made with */
    public SettlementWatch(Map<String, Object> kafka) throws InterruptedException {
        thread = Thread.ofPlatform().name("settlement-watch").daemon().start(() -> read(kafka));
        ready.await();
    }

    private void read(Map<String, Object> kafka) {
        var settings = new HashMap<>(kafka);
        settings.put("enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topic.JOB_EVENTS.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            ready.countDown();
            while (open) {
                for (var record : consumer.poll(POLL)) {
                    var type = LaunchRecords.typeOf(record);
                    heard.computeIfAbsent(record.key(), _ -> new CopyOnWriteArrayList<>()).add(System.nanoTime());
                    if ("JobAccepted".equals(type)) {
                        accepted.putIfAbsent(record.key(), System.nanoTime());
                    } else if (type != null && ENDS.contains(type)) {
                        settlements.putIfAbsent(record.key(), new Settlement(type, System.nanoTime()));
                    }
                }
            }
        }
    }

    /** {@link System#nanoTime} when the acceptance was seen. @throws NullPointerException where it was not yet */
    public long acceptedNanos(String jobId) {
        return Objects.requireNonNull(accepted.get(jobId), jobId);
    }

    /** {@link System#nanoTime} when each of its events was seen, in their order. */
    List<Long> heardNanos(String jobId) {
        return heard.getOrDefault(jobId, List.of());
    }

    /** How a job ended. @throws NullPointerException where it has not yet */
    public Settlement settlement(String jobId) {
        return Objects.requireNonNull(settlements.get(jobId), jobId);
    }

    public Map<String, Settlement> settlements() {
        return settlements;
    }

    /** Waits until so many jobs have settled. @throws IllegalStateException when that takes longer than allowed */
    public void await(int jobs, Duration atMost) throws InterruptedException {
        var until = System.nanoTime() + atMost.toNanos();
        while (settlements.size() < jobs) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(settlements.size() + " of " + jobs + " jobs settled within " + atMost);
            }
            Thread.sleep(1);
        }
    }

    @Override
    public void close() throws InterruptedException {
        open = false;
        thread.join();
    }
}
