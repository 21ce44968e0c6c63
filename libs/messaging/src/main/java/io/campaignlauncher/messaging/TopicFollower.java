package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads whole topics on its own, from some time on, and goes on for as long as it runs: without a group, so that each follower
 * sees every record, and commits nothing. Records of a partition come in their order; after a failure some may come again.
 */
public final class TopicFollower implements SmartLifecycle {

    /** What is done with what was read. All calls come from one thread. */
    public interface Follower {

        /** @throws RuntimeException when the record should come again, with those that were polled with it */
        void take(ConsumerRecord<String, byte[]> record);

        /**
         * After each poll, also one that gave nothing.
         *
         * @param caughtUp whether everything that was there at the start has been taken
         * @param behind   records that are there and were not taken yet
         */
        void polled(boolean caughtUp, long behind);
    }

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration CALL_MAX = Duration.ofSeconds(5);
    private static final Duration POLL_MAX = Duration.ofSeconds(2);
    private static final Duration PARTITIONS_LOOK_PAUSE = Duration.ofMinutes(1);

    private final KafkaClients clients;
    private final String name;
    private final Set<Topic> topics;
    private final Supplier<Optional<Instant>> from;
    private final Follower follower;
    private final RetryLoop retries;
    private final BackgroundThread thread;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Long> toCatchUp = new HashMap<>();

    /**
     * @param name of the thread, and who reads in the log's words
     * @param from asked when it starts: records of that time and later are read; empty: all that there are
     */
    public TopicFollower(KafkaSettings settings, String name, Set<Topic> topics, Supplier<Optional<Instant>> from,
            Follower follower, Clock clock) {
        this.clients = new KafkaClients(settings);
        this.name = name;
        this.topics = Set.copyOf(topics);
        this.from = from;
        this.follower = follower;
        this.retries = new RetryLoop(name + " cannot read at " + settings.bootstrapServers(), LOG, clock);
        this.thread = new BackgroundThread(name, this::follow);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.stop().join();
    }

    @Override
    public void stop(Runnable callback) {
        thread.stop().thenRun(callback);
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }

    private void follow(BackgroundThread thread) {
        retries.until(thread, () -> {
            var consumer = clients.reader(name);
            thread.wakenBy(consumer::wakeup);
            try {
                while (thread.goesOn()) {
                    assign(consumer);
                    readFor(PARTITIONS_LOOK_PAUSE, consumer, thread);
                }
            } finally {
                KafkaClients.close(consumer);
            }
        });
    }

    /** Anew now and then: a topic may get more partitions. */
    private void assign(KafkaConsumer<String, byte[]> consumer) {
        var partitions = new ArrayList<TopicPartition>();
        for (var topic : topics) {
            var found = consumer.partitionsFor(topic.topicName(), CALL_MAX);
            if (found.isEmpty()) {
                throw new IllegalStateException("the topic " + topic.topicName() + " is not there");
            }
            found.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
        if (positions.isEmpty()) {
            toCatchUp.putAll(consumer.endOffsets(partitions, CALL_MAX));
            positions.putAll(startOf(partitions, consumer));
        }
        for (var partition : partitions) {
            consumer.seek(partition, positions.computeIfAbsent(partition, _ -> 0L));
        }
    }

    private Map<TopicPartition, Long> startOf(Collection<TopicPartition> partitions,
            KafkaConsumer<String, byte[]> consumer) {
        var time = from.get();
        if (time.isEmpty()) {
            return consumer.beginningOffsets(partitions, CALL_MAX);
        }
        var wanted = partitions.stream().collect(Collectors.toMap(partition -> partition,
                _ -> time.get().toEpochMilli()));
        var found = consumer.offsetsForTimes(wanted, CALL_MAX);
        // Where nothing is as young as that, what comes next is.
        return partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> {
            var offset = found.get(partition);
            return offset == null ? toCatchUp.get(partition) : offset.offset();
        }));
    }

    private void readFor(Duration time, KafkaConsumer<String, byte[]> consumer, BackgroundThread thread) {
        var until = System.nanoTime() + time.toNanos();
        while (thread.goesOn() && System.nanoTime() < until) {
            var polled = consumer.poll(POLL_MAX);
            polled.forEach(follower::take);
            List.copyOf(positions.keySet())
                    .forEach(partition -> positions.put(partition, consumer.position(partition, CALL_MAX)));
            toCatchUp.entrySet().removeIf(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
            follower.polled(toCatchUp.isEmpty(), behind(consumer));
            retries.works();
        }
    }

    private long behind(KafkaConsumer<String, byte[]> consumer) {
        // What the client learned with its last fetch; a partition that it has not fetched from yet counts as one behind.
        return positions.keySet().stream().mapToLong(partition -> consumer.currentLag(partition).orElse(1)).sum();
    }
}
