package io.campaignlauncher.job.history;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An Avro record as plain JSON: unions without their wrapping, times as ISO-8601, enums by name, bytes as base64. */
final class AvroJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AvroJson() {}

    static ObjectNode of(IndexedRecord message) {
        var json = NODES.objectNode();
        message.getSchema().getFields().forEach(field -> json.set(field.name(), value(message.get(field.pos()))));
        return json;
    }

    private static JsonNode value(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case IndexedRecord inner -> of(inner);
            case Collection<?> items -> {
                var array = NODES.arrayNode(items.size());
                items.forEach(item -> array.add(value(item)));
                yield array;
            }
            case Map<?, ?> entries -> {
                var object = NODES.objectNode();
                new TreeMap<>(entries).forEach((name, item) -> object.set(String.valueOf(name), value(item)));
                yield object;
            }
            case CharSequence text -> NODES.stringNode(text.toString());
            case Instant time -> NODES.stringNode(time.toString());
            case Enum<?> word -> NODES.stringNode(word.name());
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case ByteBuffer bytes -> {
                var copy = new byte[bytes.remaining()];
                bytes.duplicate().get(copy);
                yield NODES.binaryNode(copy);
            }
            default -> throw new IllegalArgumentException("no schema of ours has a " + value.getClass().getName());
        };
    }
}
