package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import reactor.core.publisher.Mono;

/**
 * Keeps records that could not be read or handled on {@code <topic>.dlt}: key, value and headers as they were, and beside
 * them where the record came from, who gave it up, when and why. From there it can be published again as it was.
 */
public final class DeadLetters {

    static final String HEADER_PREFIX = "dlt-";

    private final RecordPublisher publisher;
    private final MeterRegistry meters;
    private final Clock clock;

    public DeadLetters(RecordPublisher publisher, MeterRegistry meters, Clock clock) {
        this.publisher = publisher;
        this.meters = meters;
        this.clock = clock;
        // From 0 on: a counter that begins with 1 shows no increase.
        Arrays.stream(Topic.values()).forEach(topic -> counter(topic.topicName()));
    }

    private Counter counter(String topic) {
        return Counter.builder("dead.letters").tag("topic", topic)
                .description("Records of the topic that were given up").register(meters);
    }

    /**
     * @param reason   why; what looks like a secret is blotted out, and beyond 1,000 characters it is cut
     * @param consumer who gave the record up
     * @return completes once the record is durable on the dead-letter topic
     */
    public Mono<Void> park(ConsumerRecord<String, byte[]> record, String reason, String consumer) {
        return Mono.defer(() -> publisher.publish(deadLetter(record, reason, consumer)))
                .doOnSuccess(_ -> counter(record.topic()).increment());
    }

    private ProducerRecord<String, byte[]> deadLetter(ConsumerRecord<String, byte[]> record, String reason,
            String consumer) {
        var now = clock.instant();
        var headers = new RecordHeaders(record.headers().toArray());
        set(headers, "reason", Reasons.cleaned(reason));
        set(headers, "topic", record.topic());
        set(headers, "partition", Integer.toString(record.partition()));
        set(headers, "offset", Long.toString(record.offset()));
        set(headers, "timestamp", Long.toString(record.timestamp()));
        set(headers, "consumer", consumer);
        set(headers, "parked-at", now.toString());
        return new ProducerRecord<>(Topic.deadLetterName(record.topic()), null, now.toEpochMilli(), record.key(),
                record.value(), headers);
    }

    private static void set(Headers headers, String name, String value) {
        var header = HEADER_PREFIX + name;
        headers.remove(header).add(header, value.getBytes(StandardCharsets.UTF_8));
    }
}
