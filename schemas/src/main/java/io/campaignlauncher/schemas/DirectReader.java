package io.campaignlauncher.schemas;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads what was written with a schema into the classes made of the same schema, without comparing the two. */
@FunctionalInterface
interface DirectReader {

    @Nullable
    Object read(BoundedDecoder in) throws IOException;

    /** @param unread {@code Record.field}: passed over, the record has their defaults */
    static DirectReader of(Schema schema, Set<String> unread) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, unread);
            case ENUM -> enumeration(schema);
            case ARRAY -> array(of(schema.getElementType(), unread));
            case MAP -> map(of(schema.getValueType(), unread));
            case UNION -> union(schema.getTypes().stream().map(type -> of(type, unread)).toArray(DirectReader[]::new));
            case STRING -> BoundedDecoder::readString;
            case BYTES -> in -> in.readBytes((ByteBuffer) null);
            case INT -> BoundedDecoder::readInt;
            case LONG -> schema.getLogicalType() == null ? BoundedDecoder::readLong
                    : in -> Times.ofEpochMilli(in.readLong());
            case BOOLEAN -> BoundedDecoder::readBoolean;
            case NULL -> _ -> null;
            case FIXED, FLOAT, DOUBLE -> throw new IllegalArgumentException("no schema of ours has a " + schema);
        };
    }

    /** A message whose fields all have their defaults; null or now where there is none. */
    static SpecificRecord empty(Schema schema) {
        var message = make(constructor(schema));
        for (var field : schema.getFields()) {
            message.put(field.pos(), byDefault(field));
        }
        return message;
    }

    private static DirectReader record(Schema schema, Set<String> unread) {
        var constructor = constructor(schema);
        var fields = schema.getFields();
        var readers = new DirectReader[fields.size()];
        for (var field : fields) {
            readers[field.pos()] = unread.contains(schema.getName() + "." + field.name())
                    ? passedOver(field)
                    : of(field.schema(), unread);
        }
        return in -> {
            var message = make(constructor);
            for (int i = 0; i < readers.length; i++) {
                message.put(i, readers[i].read(in));
            }
            return message;
        };
    }

    private static DirectReader passedOver(Schema.Field field) {
        var value = byDefault(field);
        var schema = field.schema();
        return in -> {
            GenericDatumReader.skip(schema, in);
            return value;
        };
    }

    private static @Nullable Object byDefault(Schema.Field field) {
        if (!field.hasDefaultValue()) {
            return field.schema().getLogicalType() == null ? null : Instant.EPOCH;
        }
        return SpecificData.get().getDefaultValue(field);
    }

    private static MethodHandle constructor(Schema schema) {
        try {
            var type = SpecificData.get().getClass(schema);
            return MethodHandles.lookup().findConstructor(type, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(SpecificRecord.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no class was made of " + schema.getName(), e);
        }
    }

    private static SpecificRecord make(MethodHandle constructor) {
        try {
            return (SpecificRecord) constructor.invokeExact();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static DirectReader enumeration(Schema schema) {
        var constants = SpecificData.get().getClass(schema).getEnumConstants();
        var symbols = schema.getEnumSymbols();
        for (int i = 0; i < symbols.size(); i++) {
            if (!symbols.get(i).equals(constants[i].toString())) {
                throw new IllegalStateException("the class of " + schema.getName() + " has another order");
            }
        }
        return in -> constants[in.readEnum()];
    }

    private static DirectReader union(DirectReader[] branches) {
        return in -> branches[in.readIndex()].read(in);
    }

    private static DirectReader array(DirectReader item) {
        return in -> {
            var items = new ArrayList<@Nullable Object>();
            for (long block = in.readArrayStart(); block > 0; block = in.arrayNext()) {
                items.ensureCapacity(items.size() + (int) block);
                for (long i = 0; i < block; i++) {
                    items.add(item.read(in));
                }
            }
            return items;
        };
    }

    private static DirectReader map(DirectReader value) {
        return in -> {
            var entries = new HashMap<String, @Nullable Object>();
            for (long block = in.readMapStart(); block > 0; block = in.mapNext()) {
                for (long i = 0; i < block; i++) {
                    entries.put(in.readString(), value.read(in));
                }
            }
            return entries;
        };
    }
}
