package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A compacted topic as every instance has it in memory: read as a whole at the start, and on from there. It is {@link
 * #ready()} once what was there has been read; where reading begins anew, the new contents replace the old ones when they have
 * come as far.
 */
public final class CompactedTopic<R extends CompactedTopic.Contents> implements Readiness {

    /** Ready before listeners work, and stopped after them. */
    public static final int PHASE = 1;

    private static final Logger LOG = LoggerFactory.getLogger(CompactedTopic.class);
    private static final Duration CALL_MAX = Duration.ofSeconds(2);
    private static final Duration POLL_MAX = Duration.ofSeconds(2);
    private static final Duration ASK_EVERY = Duration.ofSeconds(10);
    private static final Duration STORE_MAX = Duration.ofSeconds(30);

    private final Topic topic;
    private final KafkaClients clients;
    private final Readiness topics;
    private final Supplier<R> emptyContents;
    private final Scheduler results = Schedulers.parallel();
    private final RetryLoop retries;
    private final BackgroundThread thread;
    private final Sinks.Empty<Void> readOnce = Sinks.empty();
    private final Map<String, Sinks.Empty<Void>> awaited = new ConcurrentHashMap<>();
    private volatile R current;

    /** What the records of the topic come to, read from its beginning. One thread fills it; any may ask it. */
    public interface Contents {

        void take(ConsumerRecord<String, byte[]> record);

        /** All that was there is taken, and what has come since: called after each poll from then on. */
        default void upToDate() {}

        /** Whether Kafka is asked now and then if it has more, as a poll that brings nothing does not say that anybody is there. */
        default boolean asksOnAndOn() {
            return false;
        }

        /**
         * Kafka was asked if it has more and did not answer.
         *
         * @return whether that is borne, as who asks for Kafka's health tells of it; else everything is read anew, and that is told
         */
        default boolean unanswered() {
            return false;
        }

        /** All that Kafka has was taken a moment ago, and it answers. */
        default void stillThere() {}

        /** Hands over the ids of the records that were taken since the last call. */
        void drainTaken(Consumer<String> consumer);
    }

    /**
     * @param topics        ready when the topic is there
     * @param emptyContents makes contents of which nothing is read yet
     */
    public CompactedTopic(Topic topic, KafkaSettings settings, Readiness topics, Supplier<R> emptyContents,
            Clock clock) {
        this.topic = topic;
        this.topics = topics;
        this.clients = new KafkaClients(settings);
        this.emptyContents = emptyContents;
        this.current = emptyContents.get();
        this.retries = new RetryLoop(topic.topicName() + " cannot be read at " + settings.bootstrapServers(), LOG,
                clock);
        this.thread = new BackgroundThread(topic.topicName(), this::read);
    }

    /** What is known now; nothing until it is ready. */
    public R current() {
        return current;
    }

    /**
     * Stores a record of the topic.
     *
     * @param recordId    the id in its envelope
     * @param publication publishes it; completes when Kafka has it for good
     * @return completes when this instance has read it as well; an error means that Kafka may have it or not
     */
    Mono<Void> stored(String recordId, Mono<Void> publication) {
        return Mono.defer(() -> {
            var seen = Sinks.<Void>empty();
            awaited.put(recordId, seen);
            return publication
                    .then(seen.asMono().publishOn(results))
                    .timeout(STORE_MAX)
                    .doFinally(_ -> awaited.remove(recordId));
        });
    }

    @Override
    public Mono<Void> ready() {
        return readOnce.asMono().publishOn(results);
    }

    public void start() {
        thread.start();
    }

    /** Completes when it has stopped. */
    public CompletableFuture<Void> stop() {
        return thread.stop();
    }

    public boolean isRunning() {
        return thread.isStarted();
    }

    private void read(BackgroundThread thread) {
        thread.await(topics);
        retries.until(thread, () -> {
            var consumer = clients.reader(topic.topicName());
            thread.wakenBy(consumer::wakeup);
            try {
                readFrom(consumer, thread);
            } finally {
                KafkaClients.close(consumer);
            }
        });
    }

    private void readFrom(KafkaConsumer<String, byte[]> consumer, BackgroundThread thread) {
        var partitions = consumer.partitionsFor(topic.topicName(), CALL_MAX).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("the topic " + topic.topicName() + " is not there");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions, CALL_MAX);
        // Older values come first: until the end is reached, whoever asks gets what was known before.
        var contents = emptyContents.get();
        long askAt = System.nanoTime();
        while (thread.goesOn()) {
            for (var record : consumer.poll(POLL_MAX)) {
                contents.take(record);
            }
            if (isAt(consumer, ends)) {
                current = contents;
                contents.upToDate();
                retries.works();
                readOnce.tryEmitEmpty();
                contents.drainTaken(this::tellWhoStoredIt);
                if (contents.asksOnAndOn() && System.nanoTime() - askAt >= 0) {
                    var answered = ends(consumer, partitions, contents);
                    askAt = System.nanoTime() + ASK_EVERY.toNanos();
                    ends = answered.orElse(ends);
                    if (answered.isPresent() && isAt(consumer, ends)) {
                        contents.stillThere();
                    }
                }
            }
        }
    }

    /** Empty where nobody answers and that is borne. */
    private Optional<Map<TopicPartition, Long>> ends(KafkaConsumer<String, byte[]> consumer,
            List<TopicPartition> partitions, R contents) {
        try {
            return Optional.of(consumer.endOffsets(partitions, CALL_MAX));
        } catch (TimeoutException e) {
            if (contents.unanswered()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isAt(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void tellWhoStoredIt(String recordId) {
        var waiting = awaited.remove(recordId);
        if (waiting != null) {
            waiting.tryEmitEmpty();
        }
    }
}
