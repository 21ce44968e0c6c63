package io.campaignlauncher.job.feed;

import io.campaignlauncher.messaging.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes stored events in order, with a producer of its own. */
final class FeedPublisher implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final KafkaProducer<String, byte[]> producer;
    private final FeedRecords records;

    FeedPublisher(KafkaSettings kafka, FeedRecords records) {
        var properties = new HashMap<String, Object>(kafka.properties());
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        this.producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        this.records = records;
    }

    /** Hands an event to the producer, behind those before it. @return for {@link #await} */
    List<Future<RecordMetadata>> send(StoredEvent event) {
        return records.of(event).stream().map(producer::send).toList();
    }

    /**
     * Waits until an event is durable.
     *
     * @throws FeedInterrupted when it is not known to be: publishing it again does no harm
     */
    static void await(List<Future<RecordMetadata>> sent) {
        try {
            for (var future : sent) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new FeedInterrupted("Kafka did not take an event: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FeedInterrupted("stopped while publishing", e);
        }
    }

    /** Publishes events in order and waits until the last of them is durable. */
    void publish(List<StoredEvent> events) {
        var sent = new ArrayList<Future<RecordMetadata>>(events.size() + 1);
        events.forEach(event -> sent.addAll(send(event)));
        await(sent);
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }

    /** The feed has to start again from where its slot is. */
    static final class FeedInterrupted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        FeedInterrupted(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
