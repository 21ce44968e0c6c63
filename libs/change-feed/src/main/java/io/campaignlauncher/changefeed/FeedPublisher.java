package io.campaignlauncher.changefeed;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.messaging.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes stored events in order, with a producer of its own. What an event asks for, its further records, is handed over when the event is
 * durable: whoever carries a command out can rely on its event being there for everybody. A record that Kafka will never take is given
 * up, and the next one is published; whatever else goes wrong is tried again.
 */
public final class FeedPublisher implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private static final Duration BLOCK_MAX = Duration.ofSeconds(10);

    private final Producer<String, byte[]> producer;
    private final Function<StoredEvent, List<ProducerRecord<String, byte[]>>> records;
    private final GivenUp givenUp;
    /** Not the producer's own thread, which must never wait for room. */
    private final ExecutorService behind = Executors
            .newSingleThreadExecutor(Thread.ofVirtual().name("feed-behind").factory());

    /** What becomes of a record that Kafka will never take. */
    @FunctionalInterface
    public interface GivenUp {

        /**
         * @param record null: the event cannot even be made into one
         * @throws FeedInterrupted when that it was given up is not durable
         */
        void note(StoredEvent event, @Nullable ProducerRecord<String, byte[]> record, Throwable reason);
    }

    /** An event on its way. @param problem why it could not be made into records; else null */
    record Sent(StoredEvent event, List<ProducerRecord<String, byte[]>> records,
            List<CompletableFuture<RecordMetadata>> results,
            @Nullable RuntimeException problem) {

        boolean isDone() {
            return results.stream().allMatch(Future::isDone);
        }
    }

    /** @param records what becomes of an event, itself first; fails where it cannot be read */
    public FeedPublisher(KafkaSettings kafka, Function<StoredEvent, List<ProducerRecord<String, byte[]>>> records,
            GivenUp givenUp) {
        this(new KafkaClients(kafka).insistentProducer("feed", BLOCK_MAX), records, givenUp);
    }

    FeedPublisher(Producer<String, byte[]> producer,
            Function<StoredEvent, List<ProducerRecord<String, byte[]>>> records, GivenUp givenUp) {
        this.producer = producer;
        this.records = records;
        this.givenUp = givenUp;
    }

    /**
     * Hands an event to the producer, behind those before it.
     *
     * @return for {@link #await}
     * @throws FeedInterrupted when the producer did not take it: nothing may be handed over behind it
     */
    Sent send(StoredEvent event) {
        List<ProducerRecord<String, byte[]>> made;
        try {
            made = records.apply(event);
        } catch (RuntimeException e) {
            return new Sent(event, List.of(), List.of(), e);
        }
        var results = new ArrayList<CompletableFuture<RecordMetadata>>(made.size());
        for (var record : made) {
            results.add(results.isEmpty() ? send(record)
                    : results.getFirst().thenComposeAsync(_ -> send(record), behind));
        }
        return new Sent(event, made, results, null);
    }

    private CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        var result = new CompletableFuture<RecordMetadata>();
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    result.complete(metadata);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (InterruptException e) {
            throw new FeedInterrupted("stopped while publishing", e);
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
        if (result.isDone()) {
            refusal(result);
        }
        return result;
    }

    /**
     * Waits until an event is durable, or was given up.
     *
     * @throws FeedInterrupted when it is not known to be either: publishing it again does no harm
     */
    void await(Sent sent) {
        if (sent.problem() != null) {
            givenUp.note(sent.event(), null, sent.problem());
        }
        for (int i = 0; i < sent.results().size(); i++) {
            var record = sent.records().get(i);
            // Once more by itself: it may have been refused for the sake of another in the same request, or not been sent behind its event.
            if (refusal(sent.results().get(i)) != null) {
                var refusal = refusal(send(record));
                if (refusal != null) {
                    givenUp.note(sent.event(), record, refusal);
                }
            }
        }
    }

    /** @return why Kafka will never take the record; null: it has it */
    private static @Nullable Throwable refusal(Future<?> result) {
        try {
            result.get();
            return null;
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case RecordTooLargeException refused -> refused;
                case RecordBatchTooLargeException refused -> refused;
                case InvalidRecordException refused -> refused;
                case SerializationException refused -> refused;
                case Throwable other -> throw new FeedInterrupted("Kafka did not take an event: " + other.getMessage(),
                        e);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FeedInterrupted("stopped while publishing", e);
        }
    }

    /** Publishes events in order and waits until the last of them is durable. */
    void publish(List<StoredEvent> events) {
        events.stream().map(this::send).toList().forEach(this::await);
    }

    @Override
    public void close() {
        behind.shutdownNow();
        producer.close(CLOSE_WITHIN);
    }

    /** The feed has to start again from where its slot is. */
    public static final class FeedInterrupted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public FeedInterrupted(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
