package io.campaignlauncher.changefeed;

import io.campaignlauncher.changefeed.FeedPublisher.FeedInterrupted;
import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.messaging.Reasons;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.telemetry.LogFields;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up an event that Kafka will never take, so that those behind it go on: a letter on the topic's {@code .dlt} says where
 * in the event store it is, without its value. The letter names no topic as its source, so that no redrive takes it for a record of one.
 */
public final class RefusedEvents implements FeedPublisher.GivenUp {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedEvents.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RecordPublisher publisher;
    private final String store;
    private final String consumer;
    private final Topic events;
    private final Told told;
    private final MeterRegistry meters;
    private final Counter parked;
    private final Clock clock;

    /** Who has to know that nobody will ever have an event. */
    @FunctionalInterface
    public interface Told {

        /**
         * @param topic that did not take it; null: it cannot even be made into a record
         * @throws RuntimeException where it could not be told; then the event is not given up yet
         */
        void tell(StoredEvent event, @Nullable Topic topic, String reason);
    }

    /**
     * @param consumer which service gives up
     * @param events   the topic of all events of the store
     * @param told     after the letter is durable
     */
    public RefusedEvents(RecordPublisher publisher, EventStoreSchema store, String consumer, Topic events, Told told,
            MeterRegistry meters, Clock clock) {
        this.publisher = publisher;
        this.store = store.events();
        this.consumer = consumer;
        this.events = events;
        this.told = told;
        this.meters = meters;
        this.parked = Counter.builder("feed.parked")
                .description("Records that Kafka refused for good and the change feed passed over").register(meters);
        this.clock = clock;
    }

    @Override
    public void note(StoredEvent event, @Nullable ProducerRecord<String, byte[]> record, Throwable reason) {
        var topic = record == null ? events : Topic.named(record.topic());
        var reasonText = Reasons.of(reason);
        try {
            publisher.publish(letter(event, record, topic, reasonText)).block(PATIENCE);
            told.tell(event, record == null ? null : topic, reasonText);
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new FeedInterrupted("stopped while giving up an event", e);
            }
            throw new FeedInterrupted("an event that Kafka refuses cannot be given up yet: " + Reasons.of(e), e);
        }
        parked.increment();
        meters.counter("dead.letters", "topic", topic.topicName()).increment();
        LOG.atError().addKeyValue(LogFields.JOB_ID, event.jobId()).log(
                "{}: its {} ({} bytes, {} {}) is not on {}: {}", event.jobId(), event.type(),
                event.payload().length, store, event.globalIndex(), topic.topicName(), reasonText);
    }

    private ProducerRecord<String, byte[]> letter(StoredEvent event, @Nullable ProducerRecord<String, byte[]> record,
            Topic topic, String reason) {
        var now = clock.instant();
        var headers = new RecordHeaders();
        add(headers, "ce_id", event.eventId());
        add(headers, "ce_type", event.type());
        add(headers, "ce_subject", event.jobId());
        add(headers, "dlt-reason", reason);
        add(headers, "dlt-topic", store);
        add(headers, "dlt-partition", "0");
        add(headers, "dlt-offset", Long.toString(event.globalIndex()));
        add(headers, "dlt-timestamp", Long.toString(event.atOr(now).toEpochMilli()));
        add(headers, "dlt-consumer", consumer);
        add(headers, "dlt-parked-at", now.toString());
        add(headers, "dlt-value-bytes", Integer.toString(event.payload().length));
        add(headers, "dlt-value-sha256", sha256(event.payload()));
        return new ProducerRecord<>(topic.deadLetterName(), null, now.toEpochMilli(),
                record == null ? event.jobId() : record.key(), null, headers);
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
