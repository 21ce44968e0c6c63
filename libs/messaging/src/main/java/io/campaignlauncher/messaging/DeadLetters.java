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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Keeps records that could not be read or handled on {@code <topic>.dlt}: key, value and headers as they were, and beside
 * them where the record came from, who gave it up, when and why. From there it can be published again as it was.
 *
 * <p>A record that Kafka does not take in that form, because it is too large, is kept {@linkplain AbridgedLetter without its
 * value}. One that it takes in no form is passed over, with an ERROR that says where it is: nobody waits for what can never
 * be kept.
 */
public final class DeadLetters {

    public static final String HEADER_PREFIX = "dlt-";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final RecordPublisher publisher;
    private final MeterRegistry meters;
    private final Clock clock;
    private final ThrottledWarning notKept;

    public DeadLetters(RecordPublisher publisher, MeterRegistry meters, Clock clock) {
        this.publisher = publisher;
        this.meters = meters;
        this.clock = clock;
        this.notKept = new ThrottledWarning(LOG, clock);
        // From 0 on: a counter that begins with 1 shows no increase.
        Arrays.stream(Topic.values()).map(Topic::topicName).forEach(topic -> {
            kept(topic);
            lost(topic);
        });
    }

    private Counter kept(String topic) {
        return Counter.builder("dead.letters").tag("topic", topic)
                .description("Records of the topic that were given up").register(meters);
    }

    private Counter lost(String topic) {
        return Counter.builder("dead.letters.lost").tag("topic", topic)
                .description("Records of the topic that were given up and could not be kept").register(meters);
    }

    /**
     * @param reason   why; what looks like a secret is blotted out, and beyond 1,000 characters it is cut
     * @param consumer who gave the record up
     * @return completes once the record needs nothing more: it is durable on the dead-letter topic, or is passed over because
     *     Kafka would never take it. An error means that Kafka takes nothing now, and is told in the log now and then: try
     *     again
     */
    public Mono<Void> park(ConsumerRecord<String, byte[]> record, String reason, String consumer) {
        return Mono.defer(() -> publisher.publish(whole(record, reason, consumer)))
                .onErrorResume(KafkaFailures::isRefusal,
                        _ -> Mono.defer(() -> publisher.publish(abridged(record, reason, consumer))))
                .doOnSuccess(_ -> {
                    kept(record.topic()).increment();
                    notKept.over();
                })
                .onErrorResume(KafkaFailures::isRefusal,
                        refusal -> Mono.fromRunnable(() -> passOver(record, reason, consumer, refusal)))
                .doOnError(failure -> notKept.warn("dead letters cannot be kept yet", failure));
    }

    private void passOver(ConsumerRecord<String, byte[]> record, String reason, String consumer, Throwable refusal) {
        lost(record.topic()).increment();
        LOG.error(
                "{} passes over the record at {}-{}@{}: it is given up ({}), and Kafka takes no dead letter of it ({})",
                consumer, record.topic(), record.partition(), record.offset(),
                Reasons.cleaned(reason), Reasons.of(refusal));
    }

    private ProducerRecord<String, byte[]> whole(ConsumerRecord<String, byte[]> record, String reason,
            String consumer) {
        var headers = new RecordHeaders(record.headers().toArray());
        headers.remove(AbridgedLetter.LEFT_OUT);
        return letter(record, record.key(), record.value(), headers, reason, consumer);
    }

    private ProducerRecord<String, byte[]> abridged(ConsumerRecord<String, byte[]> record, String reason,
            String consumer) {
        return letter(record, AbridgedLetter.key(record), null, AbridgedLetter.headers(record), reason, consumer);
    }

    private ProducerRecord<String, byte[]> letter(ConsumerRecord<String, byte[]> record, @Nullable String key,
            byte @Nullable [] value, RecordHeaders headers, String reason, String consumer) {
        var now = clock.instant();
        set(headers, "reason", Reasons.cleaned(reason));
        set(headers, "topic", record.topic());
        set(headers, "partition", Integer.toString(record.partition()));
        set(headers, "offset", Long.toString(record.offset()));
        set(headers, "timestamp", Long.toString(record.timestamp()));
        set(headers, "consumer", consumer);
        set(headers, "parked-at", now.toString());
        return new ProducerRecord<>(Topic.deadLetterName(record.topic()), null, now.toEpochMilli(), key, value,
                headers);
    }

    private static void set(Headers headers, String name, String value) {
        var header = HEADER_PREFIX + name;
        headers.remove(header).add(header, value.getBytes(StandardCharsets.UTF_8));
    }
}
