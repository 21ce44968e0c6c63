package io.campaignlauncher.worker;

import io.campaignlauncher.messaging.BackgroundThread;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Reasons;
import io.campaignlauncher.schemas.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of one consumer: poll, hand on, commit what has ended. All of it happens on the thread that runs it. */
final class Consumption implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Consumption.class);
    private static final Duration POLL_MAX = Duration.ofMillis(100);
    private static final Duration POLL_MAX_WHEN_FULL = Duration.ofMillis(5);
    private static final Duration COMMIT_PAUSE = Duration.ofMillis(100);
    private static final Duration COMMIT_MAX = Duration.ofSeconds(1);
    private static final Duration FINISH_MAX = Duration.ofSeconds(2);
    private static final Duration FINISH_LOOK = Duration.ofMillis(5);
    /** Offsets beyond a record that does not end: past it the partition waits, so that a restart repeats no more than this. */
    private static final long UNCOMMITTED_MAX = 10_000;

    private final KafkaConsumer<String, byte[]> consumer;
    private final Topic topic;
    private final String group;
    private final Workload workload;
    private final Map<TopicPartition, PartitionProgress> progress = new HashMap<>();
    private final Queue<ConsumerRecord<String, byte[]>> waiting = new ArrayDeque<>();
    private final Runnable works;
    private final Progress listenerProgress;
    private long committedAt = System.nanoTime();
    private boolean committing;

    /**
     * @param works            called when the group has taken this consumer in
     * @param listenerProgress told how far behind the message is that is furthest behind
     */
    Consumption(KafkaConsumer<String, byte[]> consumer, Topic topic, String group, Workload workload,
            Runnable works, Progress listenerProgress) {
        this.consumer = consumer;
        this.topic = topic;
        this.group = group;
        this.workload = workload;
        this.works = works;
        this.listenerProgress = listenerProgress;
    }

    void run(BackgroundThread thread) {
        consumer.subscribe(List.of(topic.topicName()), this);
        try {
            while (thread.goesOn()) {
                take(consumer.poll(waiting.isEmpty() ? POLL_MAX : POLL_MAX_WHEN_FULL));
                handOn();
                pauseOrResume();
                commitNowAndThen();
                listenerProgress.made(workload.behind());
            }
            finish();
        } finally {
            workload.abandon();
        }
    }

    private void take(ConsumerRecords<String, byte[]> polled) {
        for (var record : polled) {
            if (workload.concerns(record)) {
                progressOf(record).taken(record.offset());
                waiting.add(record);
            }
        }
        polled.nextOffsets().forEach((partition, next) -> {
            var partitionProgress = progress.get(partition);
            if (partitionProgress != null) {
                partitionProgress.readUpTo(next.offset());
            }
        });
    }

    private void handOn() {
        while (workload.hasRoom() && !waiting.isEmpty()) {
            var record = waiting.remove();
            var partitionProgress = progressOf(record);
            workload.begin(record, () -> partitionProgress.ended(record.offset()));
        }
    }

    private void pauseOrResume() {
        var held = new HashSet<TopicPartition>();
        progress.forEach((partition, partitionProgress) -> {
            if (!waiting.isEmpty() || partitionProgress.uncommittedSpan() > UNCOMMITTED_MAX) {
                held.add(partition);
            }
        });
        var paused = consumer.paused();
        if (!held.equals(paused)) {
            var resumed = new HashSet<>(paused);
            resumed.removeAll(held);
            consumer.resume(resumed);
            consumer.pause(held);
        }
    }

    private void commitNowAndThen() {
        if (committing || System.nanoTime() - committedAt < COMMIT_PAUSE.toNanos()) {
            return;
        }
        var uncommitted = uncommitted(progress.keySet());
        if (!uncommitted.isEmpty()) {
            committedAt = System.nanoTime();
            committing = true;
            consumer.commitAsync(uncommitted, (offsets, failure) -> {
                committing = false;
                if (failure == null) {
                    noteCommitted(offsets);
                } else {
                    LOG.debug("{} commits later: {}", group, Reasons.of(failure));
                }
            });
        }
    }

    private void finish() {
        var until = System.nanoTime() + FINISH_MAX.toNanos();
        while (!workload.isIdle() && System.nanoTime() < until) {
            LockSupport.parkNanos(FINISH_LOOK.toNanos());
        }
        commitAndWait(progress.keySet());
    }

    private void commitAndWait(Collection<TopicPartition> partitions) {
        var uncommitted = uncommitted(partitions);
        if (uncommitted.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(uncommitted, COMMIT_MAX);
            noteCommitted(uncommitted);
        } catch (KafkaException e) {
            LOG.warn("{} could not commit in time, some records of {} will be repeated: {}", group, topic.topicName(),
                    Reasons.of(e));
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> uncommitted(Collection<TopicPartition> partitions) {
        var uncommitted = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : partitions) {
            var partitionProgress = progress.get(partition);
            if (partitionProgress != null && partitionProgress.hasUncommitted()) {
                uncommitted.put(partition, new OffsetAndMetadata(partitionProgress.watermark()));
            }
        }
        return uncommitted;
    }

    private void noteCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            var partitionProgress = progress.get(partition);
            if (partitionProgress != null) {
                partitionProgress.committed(offset.offset());
            }
        });
    }

    private PartitionProgress progressOf(ConsumerRecord<String, byte[]> record) {
        return progress.computeIfAbsent(new TopicPartition(record.topic(), record.partition()),
                _ -> new PartitionProgress());
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        works.run();
        partitions.forEach(partition -> progress.put(partition, new PartitionProgress()));
        LOG.debug("{} reads {}", group, partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        commitAndWait(partitions);
        onPartitionsLost(partitions);
    }

    /** Whoever has them now reads from the last commit: what is still being handled here is repeated there. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        progress.keySet().removeAll(partitions);
        waiting.removeIf(record -> partitions.contains(new TopicPartition(record.topic(), record.partition())));
    }
}
