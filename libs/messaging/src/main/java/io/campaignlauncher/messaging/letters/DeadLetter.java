package io.campaignlauncher.messaging.letters;

import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.telemetry.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record of a {@code .dlt}: what may be shown of it, and what it was before. Neither its value nor anything that is not of
 * a known shape is ever shown: a stranger may have written it.
 */
public final class DeadLetter {

    private static final String HEADER_PREFIX = DeadLetters.HEADER_PREFIX;
    private static final String TOPIC = HEADER_PREFIX + "topic";
    /** Of the note on the same topic and partition that a letter was redriven, which is in one transaction with the redriven record. */
    private static final String REDRIVEN_OFFSET = HEADER_PREFIX + "redriven-offset";

    private static final String LEFT_OUT = HEADER_PREFIX + "left-out";
    private static final String VALUE_BYTES = HEADER_PREFIX + "value-bytes";
    private static final String REDRIVEN_FROM = "redriven-from";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,19}");
    private static final Pattern OFFSET = Pattern.compile("\\d{1,18}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
    /** Anything may be in it, a token too; so only the names of our messages are told. */
    private static final Pattern MESSAGE = Pattern.compile(Arrays.stream(Topic.values())
            .flatMap(topic -> topic.messages().stream()).map(Class::getSimpleName).distinct()
            .collect(Collectors.joining("|")));
    private static final Pattern TIME = Pattern.compile("[0-9TZ:.-]{1,40}");
    private static final Pattern LEFT_OUT_WORDS = Pattern.compile("[a-z0-9, ]{1,60}");
    private static final Pattern KEY = Pattern.compile("[0-9a-f-]{36}|act_\\d{1,20}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** Headers of the record itself that may be shown, where they have their shape. */
    private static final Map<String, Pattern> OWN_HEADERS = ownHeaders();
    private static final int REASON_MAX = 1_000;
    private static final String UNKNOWN = "?";

    private final ConsumerRecord<byte[], byte[]> record;

    public DeadLetter(ConsumerRecord<byte[], byte[]> record) {
        this.record = record;
    }

    private static Map<String, Pattern> ownHeaders() {
        var shapes = new LinkedHashMap<String, Pattern>();
        shapes.put("ce_type", MESSAGE);
        shapes.put("ce_id", ID);
        shapes.put("ce_subject", KEY);
        shapes.put("ce_source", Pattern.compile("/[a-z/-]{1,60}"));
        shapes.put("ce_time", TIME);
        shapes.put("ce_sequence", NUMBER);
        shapes.put("ce_tenant", NAME);
        shapes.put("ce_correlationid", ID);
        shapes.put("ce_causationid", ID);
        shapes.put("content-type", Pattern.compile("[a-z]+/[a-z.+-]{1,60}"));
        shapes.put(REDRIVEN_FROM, Pattern.compile("[a-z.-]{1,60}-\\d{1,9}@\\d{1,19}"));
        return shapes;
    }

    /** The offset of the letter that the record notes as redriven; null: the record is no such note but a letter. */
    public static @Nullable Long redrivenOffset(ConsumerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader(REDRIVEN_OFFSET);
        // A letter always says where it came from, a note never does: so a stranger's header makes no letter look like a note.
        if (header == null || header.value() == null || record.headers().lastHeader(TOPIC) != null) {
            return null;
        }
        var text = text(header.value());
        return OFFSET.matcher(text).matches() ? Long.valueOf(text) : null;
    }

    public String position() {
        return record.partition() + "@" + record.offset();
    }

    public String source() {
        return shown(TOPIC, NAME) + "-" + shown(HEADER_PREFIX + "partition", NUMBER) + "@"
                + shown(HEADER_PREFIX + "offset", NUMBER);
    }

    public String type() {
        return shown("ce_type", MESSAGE);
    }

    public String key() {
        return record.key() == null ? UNKNOWN : ifOfShape(text(record.key()), KEY);
    }

    /** The size of the value; of the one that was left out where it was. */
    public String bytes() {
        return isWhole() || header(VALUE_BYTES).isEmpty() ? Integer.toString(Math.max(record.serializedValueSize(), 0))
                : shown(VALUE_BYTES, NUMBER);
    }

    /** Whether nothing was left out: what was too large to be kept has no value any more. */
    public boolean isWhole() {
        return header(LEFT_OUT).isEmpty();
    }

    public String leftOut() {
        return shown(LEFT_OUT, LEFT_OUT_WORDS);
    }

    /** The record as it was given up; null: it had no value, or that was left out. */
    public byte @Nullable [] value() {
        return record.value();
    }

    /** Whose world the record says that it is in; null where it says none. */
    public @Nullable String tenant() {
        var tenant = header("ce_tenant");
        return NAME.matcher(tenant).matches() ? tenant : null;
    }

    /** The job, campaign or target that the record is about; null where it names none. */
    public @Nullable UUID about() {
        var subject = header("ce_subject");
        var id = ID.matcher(subject).matches() ? subject : key();
        return ID.matcher(id).matches() ? UUID.fromString(id) : null;
    }

    /** What the record says about itself, by the names of its headers: those that are known and have their shape. */
    public Map<String, String> ownHeadersShown() {
        var shown = new LinkedHashMap<String, String>();
        OWN_HEADERS.forEach((name, shape) -> {
            var text = header(name);
            if (shape.matcher(text).matches()) {
                shown.put(name, Secrets.blottedOut(text, "***"));
            }
        });
        return shown;
    }

    public String consumer() {
        return shown(HEADER_PREFIX + "consumer", NAME);
    }

    public String parkedAt() {
        return shown(HEADER_PREFIX + "parked-at", TIME);
    }

    /** Whoever wrote it has blotted out what looked like a secret. */
    public String reason() {
        return PlainText.beginning(PlainText.oneLine(header(HEADER_PREFIX + "reason")).strip(), REASON_MAX);
    }

    /** Whether it is the second one of a record that was redriven. */
    public boolean cameBack() {
        return !header(REDRIVEN_FROM).isEmpty();
    }

    public boolean cameFrom(String topic) {
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
                new RecordHeaders().add(REDRIVEN_OFFSET, bytes(Long.toString(record.offset()))));
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
