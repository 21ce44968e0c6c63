package io.campaignlauncher.tools.archive;

import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.eventstore.StoredEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as a line of JSON. The same event always gives the same line, whatever version of the software writes it: a payload
 * is told in the fields that it was written with.
 */
final class EventLine {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Schema NO_SCHEMA = Schema.create(Schema.Type.NULL);

    private final AvroEncoding encoding;

    EventLine(AvroEncoding encoding) {
        this.encoding = encoding;
    }

    /** @return UTF-8 with the line's end; the payload's bytes in base64 where this version cannot read it */
    byte[] of(StoredEvent event, byte[] link) {
        var readable = readable(event);
        return written(event, link, readable == null ? null : json(readable));
    }

    /** The line of a version that could not read the payload. */
    byte[] ofUnreadable(StoredEvent event, byte[] link) {
        return written(event, link, null);
    }

    private static byte[] written(StoredEvent event, byte[] link, @Nullable JsonNode payload) {
        var line = NODES.objectNode()
                .put("globalIndex", event.globalIndex())
                .put("eventId", event.eventId())
                .put("jobId", event.jobId())
                .put("sequence", event.sequence())
                .put("time", event.time())
                .put("type", event.type());
        line.set("metaData", metaData(event));
        if (payload == null) {
            line.put("payloadBase64", Base64.getEncoder().encodeToString(event.payload()));
        } else {
            line.set("payload", payload);
        }
        line.put("link", HexFormat.of().formatHex(link));
        return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable GenericRecord readable(StoredEvent event) {
        try {
            return encoding.decodeAsWritten(event.type(), event.payload());
        } catch (UnreadableRecord e) {
            return null;
        }
    }

    private static JsonNode metaData(StoredEvent event) {
        if (event.metaData().length == 0) {
            return NODES.objectNode();
        }
        try {
            return JSON.readTree(event.metaData());
        } catch (JacksonException e) {
            return NODES.stringNode(Base64.getEncoder().encodeToString(event.metaData()));
        }
    }

    private static ObjectNode json(IndexedRecord message) {
        var json = NODES.objectNode();
        message.getSchema().getFields()
                .forEach(field -> json.set(field.name(), json(field.schema(), message.get(field.pos()))));
        return json;
    }

    private static JsonNode json(Schema schema, @Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case IndexedRecord inner -> json(inner);
            case Collection<?> items -> {
                var array = NODES.arrayNode(items.size());
                items.forEach(item -> array.add(json(NO_SCHEMA, item)));
                yield array;
            }
            case Map<?, ?> entries -> {
                var sorted = new TreeMap<String, @Nullable Object>();
                entries.forEach((name, item) -> sorted.put(String.valueOf(name), item));
                var object = NODES.objectNode();
                sorted.forEach((name, item) -> object.set(name, json(NO_SCHEMA, item)));
                yield object;
            }
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer number -> NODES.numberNode(number);
            case Long number -> isTime(schema) ? NODES.stringNode(Instant.ofEpochMilli(number).toString())
                    : NODES.numberNode(number);
            case ByteBuffer bytes -> {
                var copy = new byte[bytes.remaining()];
                bytes.duplicate().get(copy);
                yield NODES.stringNode(Base64.getEncoder().encodeToString(copy));
            }
            // Texts and the symbols of enumerations.
            default -> NODES.stringNode(value.toString());
        };
    }

    private static boolean isTime(Schema schema) {
        return schema.isUnion() ? schema.getTypes().stream().anyMatch(EventLine::isTime)
                : "timestamp-millis".equals(schema.getProp("logicalType"));
    }
}
