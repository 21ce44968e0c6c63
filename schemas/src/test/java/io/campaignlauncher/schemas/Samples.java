package io.campaignlauncher.schemas;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Instances of any message, made by walking its schema. */
final class Samples {

    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00.123Z");
    private static final int ITEMS = 2;

    private final SpecificData data;
    private final boolean full;
    private final Random random = new Random(151);

    private Samples(Class<? extends SpecificRecord> type, boolean full) {
        this.data = SpecificData.getForClass(type);
        this.full = full;
    }

    /** Nothing is null, empty or its default. */
    static SpecificRecord full(Class<? extends SpecificRecord> type) {
        return new Samples(type, true).record(schema(type));
    }

    /** Everything is null, empty or zero where it may be. */
    static SpecificRecord minimal(Class<? extends SpecificRecord> type) {
        return new Samples(type, false).record(schema(type));
    }

    static Schema schema(Class<? extends SpecificRecord> type) {
        return SpecificData.get().getSchema(type);
    }

    private @Nullable Object value(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ENUM -> data.createEnum(full ? schema.getEnumSymbols().getLast() : schema.getEnumDefault(), schema);
            case ARRAY -> array(schema.getElementType());
            case MAP -> map(schema.getValueType());
            case UNION -> full ? value(schema.getTypes().getLast()) : null;
            case STRING -> full ? "Größe " + random.nextInt() + " 🎯" : "";
            case BYTES -> ByteBuffer.wrap(full ? new byte[]{ 1, 2, 3 } : new byte[0]);
            case INT -> full ? random.nextInt() : 0;
            case LONG -> schema.getLogicalType() == null ? (Object) (full ? random.nextLong() : 0L)
                    : full ? NOON : Instant.EPOCH;
            case BOOLEAN -> full;
            case FLOAT, DOUBLE, FIXED, NULL ->
                throw new IllegalArgumentException("no message has a " + schema.getType());
        };
    }

    private SpecificRecord record(Schema schema) {
        var record = (SpecificRecord) data.newRecord(null, schema);
        for (var field : schema.getFields()) {
            record.put(field.pos(), value(field.schema()));
        }
        return record;
    }

    private List<Object> array(Schema element) {
        var items = new ArrayList<>();
        while (full && items.size() < ITEMS) {
            items.add(value(element));
        }
        return items;
    }

    private Map<String, Object> map(Schema element) {
        var entries = new HashMap<String, Object>();
        while (full && entries.size() < ITEMS) {
            entries.put("key " + entries.size(), value(element));
        }
        return entries;
    }
}
