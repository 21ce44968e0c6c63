package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class DeadLettersTest {

    private static final String TOPIC = Topic.CREATION_EVENTS.topicName();
    private static final String REASON = "not a CloudEvent";
    private static final String CONSUMER = "a-reader";

    private final List<ProducerRecord<String, byte[]>> kept = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void keeps_what_kafka_takes_as_it_was() {
        var record = record("job", new byte[]{ 1, 2 });
        record.headers().add("dlt-left-out", new byte[]{ 1 }).add("extra", new byte[]{ 7 });

        park(record, letter -> null);

        var letter = kept.getFirst();
        assertThat(letter.value()).isEqualTo(record.value());
        assertThat(letter.headers().lastHeader("extra").value()).containsExactly(7);
        assertThat(letter.headers().lastHeader("dlt-left-out")).as("a stranger's word for it").isNull();
        assertThat(parked()).isOne();
        assertThat(lost()).isZero();
    }

    @Test
    void leaves_the_value_out_where_the_record_is_too_large_and_says_which_it_was() {
        var record = record("job", "abc".getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_type", "CreationReported".getBytes(StandardCharsets.UTF_8));

        park(record, letter -> letter.value() != null ? new RecordTooLargeException("too large") : null);

        var letter = kept.getFirst();
        assertThat(letter.topic()).isEqualTo(TOPIC + ".dlt");
        assertThat(letter.key()).isEqualTo("job");
        assertThat(letter.value()).isNull();
        assertThat(header(letter, "ce_type")).isEqualTo("CreationReported");
        assertThat(header(letter, "dlt-left-out")).isEqualTo("value");
        assertThat(header(letter, "dlt-value-bytes")).isEqualTo("3");
        assertThat(header(letter, "dlt-value-sha256"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(header(letter, "dlt-topic")).isEqualTo(TOPIC);
        assertThat(header(letter, "dlt-partition")).isEqualTo("4");
        assertThat(header(letter, "dlt-offset")).isEqualTo("17");
        assertThat(header(letter, "dlt-reason")).isEqualTo(REASON);
        assertThat(parked()).isOne();
        assertThat(lost()).isZero();
    }

    @Test
    void leaves_out_headers_and_a_key_that_are_too_large_as_well() {
        var record = record("k".repeat(2_000_000), new byte[3]);
        record.headers().add("ce_type", "CreationReported".getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_source", new byte[900_000]).add("n".repeat(200_000), new byte[0]);

        park(record, letter -> size(letter) > 20_000 ? new RecordTooLargeException("too large") : null);

        var letter = kept.getFirst();
        assertThat(letter.key()).isEqualTo("k".repeat(1_000));
        assertThat(header(letter, "ce_type")).isEqualTo("CreationReported");
        assertThat(letter.headers().lastHeader("ce_source")).isNull();
        assertThat(header(letter, "dlt-left-out")).isEqualTo("value, 2 headers, end of key");
    }

    @Test
    void passes_over_what_kafka_refuses_even_so_and_counts_it() {
        park(record("job", new byte[3]), _ -> new RecordTooLargeException("too large"));

        assertThat(kept).isEmpty();
        assertThat(lost()).isOne();
        assertThat(parked()).isZero();
    }

    @Test
    void fails_while_kafka_is_away_so_that_it_is_tried_again() {
        assertThatThrownBy(() -> park(record("job", new byte[3]), _ -> new TimeoutException("no answer")))
                .isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> park(record("job", new byte[3]),
                letter -> letter.value() != null ? new RecordTooLargeException("") : new TimeoutException("no answer")))
                .isInstanceOf(TimeoutException.class);
        assertThat(lost()).isZero();
        assertThat(parked()).isZero();
    }

    private void park(ConsumerRecord<String, byte[]> record,
            Function<ProducerRecord<String, byte[]>, @Nullable Exception> broker) {
        RecordPublisher publisher = letter -> Mono.defer(() -> {
            var failure = broker.apply(letter);
            return failure != null ? Mono.error(failure) : Mono.fromRunnable(() -> kept.add(letter));
        });
        new DeadLetters(publisher, meters, Clock.systemUTC()).park(record, REASON, CONSUMER).block();
    }

    private static ConsumerRecord<String, byte[]> record(String key, byte[] value) {
        return new ConsumerRecord<>(TOPIC, 4, 17, key, value);
    }

    private static int size(ProducerRecord<String, byte[]> record) {
        int size = record.key().length() + (record.value() == null ? 0 : record.value().length);
        for (var header : record.headers()) {
            size += header.key().length() + header.value().length;
        }
        return size;
    }

    private static String header(ProducerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private double parked() {
        return meters.counter("dead.letters", "topic", TOPIC).count();
    }

    private double lost() {
        return meters.counter("dead.letters.lost", "topic", TOPIC).count();
    }
}
