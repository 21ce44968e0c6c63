package io.campaignlauncher.tools;

import io.campaignlauncher.telemetry.PlainText;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record of a {@code .dlt}: what may be shown of it, and what it was before. Neither its value nor anything that is not of
 * a known shape is ever shown: a stranger may have written it.
 */
final class DeadLetter {

    private static final String HEADER_PREFIX = "dlt-";
    static final String TOPIC = HEADER_PREFIX + "topic";

    private static final String LEFT_OUT = HEADER_PREFIX + "left-out";
    private static final String VALUE_BYTES = HEADER_PREFIX + "value-bytes";
    private static final String REDRIVEN_FROM = "redriven-from";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,19}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
    private static final Pattern TIME = Pattern.compile("[0-9TZ:.-]{1,40}");
    private static final Pattern LEFT_OUT_WORDS = Pattern.compile("[a-z0-9, ]{1,60}");
    private static final Pattern KEY = Pattern.compile("[0-9a-f-]{36}|act_\\d{1,20}");
    private static final int REASON_MAX = 1_000;
    private static final String UNKNOWN = "?";

    private final ConsumerRecord<byte[], byte[]> record;

    DeadLetter(ConsumerRecord<byte[], byte[]> record) {
        this.record = record;
    }

    String position() {
        return record.partition() + "@" + record.offset();
    }

    String source() {
        return shown(TOPIC, NAME) + "-" + shown(HEADER_PREFIX + "partition", NUMBER) + "@"
                + shown(HEADER_PREFIX + "offset", NUMBER);
    }

    String type() {
        return shown("ce_type", NAME);
    }

    String key() {
        return record.key() == null ? UNKNOWN : ifOfShape(text(record.key()), KEY);
    }

    /** The size of the value; of the one that was left out where it was. */
    String bytes() {
        return isWhole() || header(VALUE_BYTES).isEmpty() ? Integer.toString(Math.max(record.serializedValueSize(), 0))
                : shown(VALUE_BYTES, NUMBER);
    }

    /** Whether nothing was left out: what was too large to be kept has no value any more. */
    boolean isWhole() {
        return header(LEFT_OUT).isEmpty();
    }

    String leftOut() {
        return shown(LEFT_OUT, LEFT_OUT_WORDS);
    }

    String consumer() {
        return shown(HEADER_PREFIX + "consumer", NAME);
    }

    String parkedAt() {
        return shown(HEADER_PREFIX + "parked-at", TIME);
    }

    /** Whoever wrote it has blotted out what looked like a secret. */
    String reason() {
        return PlainText.beginning(PlainText.oneLine(header(HEADER_PREFIX + "reason")).strip(), REASON_MAX);
    }

    /** Whether it is the second one of a record that was redriven. */
    boolean cameBack() {
        return !header(REDRIVEN_FROM).isEmpty();
    }

    boolean cameFrom(String topic) {
        return header(TOPIC).equals(topic);
    }

    /** The record for its original topic: as it was, and a header that says from where it was redriven. */
    ProducerRecord<byte[], byte[]> original(String topic) {
        var headers = new RecordHeaders();
        for (var header : record.headers()) {
            if (!header.key().startsWith(HEADER_PREFIX) && !header.key().equals(REDRIVEN_FROM)) {
                headers.add(header);
            }
        }
        headers.add(REDRIVEN_FROM, bytes(record.topic() + "-" + position()));
        // With today's timestamp: an old one could be past the topic's retention.
        return new ProducerRecord<>(topic, null, record.key(), record.value(), headers);
    }

    /** The note beside it that it was redriven. */
    ProducerRecord<byte[], byte[]> redriven() {
        return new ProducerRecord<>(record.topic(), record.partition(), record.key(), null,
                new RecordHeaders().add(DeadLetterTopic.REDRIVEN_OFFSET, bytes(Long.toString(record.offset()))));
    }

    private String shown(String header, Pattern shape) {
        return ifOfShape(header(header), shape);
    }

    private static String ifOfShape(String text, Pattern shape) {
        return shape.matcher(text).matches() ? text : UNKNOWN;
    }

    private String header(String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : text(header.value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
