package io.campaignlauncher.job.letters;

import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a record holds, with its shape, its numbers and the words of its schema, and of every text only how long it is: anything may be in
 * a text, an access token too.
 */
final class MaskedValue {

    private static final int ELEMENTS_MAX = 20;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private MaskedValue() {}

    /** @throws UnreadableRecord where the value is no message of this type */
    static JsonNode of(AvroEncoding encoding, String type, byte[] value) {
        return masked(encoding.decodeAsWritten(type, value));
    }

    private static JsonNode masked(@Nullable Object value) {
        return switch (value) {
            case null -> JSON.nullNode();
            case IndexedRecord record -> record(record);
            case GenericEnumSymbol<?> symbol -> JSON.stringNode(symbol.toString());
            case Collection<?> elements -> elements(elements);
            case Map<?, ?> entries -> entries(entries);
            case Boolean flag -> JSON.booleanNode(flag);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Float number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            case CharSequence text -> JSON.stringNode("*** (" + text.length() + " characters)");
            case ByteBuffer bytes -> JSON.stringNode("*** (" + bytes.remaining() + " bytes)");
            case GenericFixed bytes -> JSON.stringNode("*** (" + bytes.bytes().length + " bytes)");
            default -> JSON.stringNode("***");
        };
    }

    private static JsonNode record(IndexedRecord record) {
        var object = JSON.objectNode();
        record.getSchema().getFields().forEach(field -> object.set(field.name(), masked(record.get(field.pos()))));
        return object;
    }

    private static JsonNode elements(Collection<?> elements) {
        var array = JSON.arrayNode();
        elements.stream().limit(ELEMENTS_MAX).forEach(element -> array.add(masked(element)));
        if (elements.size() > ELEMENTS_MAX) {
            array.add("*** (" + (elements.size() - ELEMENTS_MAX) + " more)");
        }
        return array;
    }

    /** Keys are texts, too. */
    private static JsonNode entries(Map<?, ?> entries) {
        var object = JSON.objectNode();
        int number = 0;
        for (var entry : entries.values().stream().limit(ELEMENTS_MAX).toList()) {
            number++;
            object.set("*** " + number, masked(entry));
        }
        return object;
    }
}
