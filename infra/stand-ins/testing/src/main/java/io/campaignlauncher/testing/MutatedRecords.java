package io.campaignlauncher.testing;

import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records as strangers, older versions and broken software may send them: most of a record is as it should be, a little of it
 * is not. The same seed gives the same records.
 */
public final class MutatedRecords {

    private static final LaunchRecords RECORDS = new LaunchRecords();
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
    private static final String JOB = "3fe502d5-d408-3ed7-9584-07bcfe334d30";
    /** Of so many values one is odd. */
    private static final int ODD_ONE_OF = 25;
    private static final Map<String, String> GOOD_TEXTS = Map.of("adAccountId", "act_1001", "name", "creation",
            "objective", "OUTCOME_SALES", "targeting", "{\"geo_locations\":{\"countries\":[\"US\"]}}", "creative",
            "{\"object_story_spec\":{\"page_id\":\"1\"}}", "pageId", "1000000001", "pixelId", "2000000001",
            "credentialId", "default", "webhook", "https://example.com/hook");
    private static final List<String> ODD_TEXTS = List.of("", " ", "\u0000", "x\ud83dx", "\u202eabc", "1e9999999999",
            "{\"a\":1e9999999999}", "{\"a\":[-1E-2147483649,1e2147483648]}", "{\"a\":" + "9".repeat(5_000) + "}",
            "{\"a\":0." + "1".repeat(5_000) + "}", "{\"a\":NaN}", "{\"a\":-Infinity}", "{\"a\":01}",
            "{\"a\":\"\\ud83d\"}",
            "{\"a\":1,\"a\":2}", "{} {}", "[".repeat(3_000), "{\"a\":".repeat(400) + "1" + "}".repeat(400),
            "{\"a\":".repeat(20_000), "null", "true", "\"", "\ufeff{}", "{'a':1}", "act_" + "7".repeat(400),
            "9223372036854775808", "x".repeat(70_000));
    private static final List<Long> ODD_NUMBERS = List.of(0L, -1L, 1L, Long.MAX_VALUE, Long.MIN_VALUE,
            (long) Integer.MAX_VALUE, (long) Integer.MIN_VALUE, 253_402_300_800_000L);
    private static final List<String> ODD_HEADERS = List.of("", "\u0000", "x".repeat(5_000),
            "+999999999-12-31T23:59:59Z",
            "2026-02-30T00:00:00Z", "99999999999999999999", "-1", "1e9999999999", "JobCompleted", "NoSuchMessage",
            "0.3", "2.0", "%%%", "http://[", "\ud83d");

    private final Random random;
    private final Topic topic;

    private MutatedRecords(Topic topic, long seed) {
        this.topic = topic;
        this.random = new Random(seed);
    }

    /** So many records of the topic, in turn of each of its kinds of messages. */
    public static Stream<ConsumerRecord<String, byte[]>> of(Topic topic, int count, long seed) {
        var kinds = topic.messages();
        return IntStream.range(0, count).mapToObj(
                number -> new MutatedRecords(topic, seed + number).record(kinds.get(number % kinds.size()), number));
    }

    private ConsumerRecord<String, byte[]> record(Class<? extends SpecificRecord> type, int offset) {
        var schema = SpecificData.get().getSchema(type);
        var sent = RECORDS.record(topic, JOB, (SpecificRecord) record(schema), new Envelope("id-" + offset,
                schema.getName(), "/stranger", JOB, NOON, (long) offset, JOB, "cause", null));
        var bytes = random.nextInt(4) == 0 ? damaged(sent.value()) : sent.value();
        var record = new ConsumerRecord<>(topic.topicName(), 0, offset, random.nextInt(50) == 0 ? null : key(schema),
                bytes);
        sent.headers().forEach(record.headers()::add);
        if (random.nextInt(4) == 0) {
            var headers = record.headers().toArray();
            var name = headers[random.nextInt(headers.length)].key();
            record.headers().remove(name);
            if (random.nextInt(4) > 0) {
                record.headers().add(name, oneOf(ODD_HEADERS).getBytes(StandardCharsets.UTF_8));
            }
        }
        return record;
    }

    private String key(Schema schema) {
        return switch (topic) {
            case CREDENTIALS -> "default";
            case KILL_SWITCHES -> "creation";
            case ACCESS -> "key:cl_0123456789ab";
            case AUDIT -> "local";
            default -> random.nextInt(50) == 0 ? "no key of ours" : JOB;
        };
    }

    private byte @Nullable [] damaged(byte[] bytes) {
        return switch (random.nextInt(5)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 5));
            default -> {
                var copy = bytes.clone();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    copy[random.nextInt(copy.length)] = (byte) random.nextInt();
                }
                yield copy;
            }
        };
    }

    private Object record(Schema schema) {
        var record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema(), field.name())));
        return record;
    }

    private @Nullable Object value(Schema schema, String name) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ENUM -> SpecificData.get().createEnum(oneOf(schema.getEnumSymbols()), schema);
            case ARRAY -> {
                var items = new ArrayList<@Nullable Object>();
                for (int i = isOdd() ? 60 : random.nextInt(3); i > 0; i--) {
                    items.add(value(schema.getElementType(), name));
                }
                yield items;
            }
            case MAP -> {
                var entries = new HashMap<String, @Nullable Object>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    entries.put(isOdd() ? oneOf(ODD_TEXTS) : "field_" + i, value(schema.getValueType(), name));
                }
                yield entries;
            }
            case UNION -> value(oneOf(schema.getTypes()), name);
            case STRING -> text(name);
            case BYTES -> ByteBuffer.wrap(new byte[random.nextInt(40)]);
            case INT -> isOdd() ? (int) (long) oneOf(ODD_NUMBERS) : 1 + random.nextInt(3);
            case LONG -> schema.getLogicalType() != null
                    ? isOdd() ? Instant.ofEpochMilli(oneOf(ODD_NUMBERS)) : NOON
                    : (Object) (isOdd() ? oneOf(ODD_NUMBERS) : 1L + random.nextInt(3));
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
            case FLOAT, DOUBLE, FIXED -> throw new IllegalArgumentException("no message has a " + schema.getType());
        };
    }

    private String text(String name) {
        if (isOdd()) {
            return oneOf(ODD_TEXTS);
        }
        return name.equals("jobId") ? JOB : name.equals("graphFields") ? "17" : GOOD_TEXTS.getOrDefault(name, "text");
    }

    private boolean isOdd() {
        return random.nextInt(ODD_ONE_OF) == 0;
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
