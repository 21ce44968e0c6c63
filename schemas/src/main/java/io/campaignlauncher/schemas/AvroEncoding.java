package io.campaignlauncher.schemas;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.MissingSchemaException;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro single-object encoding: C3 01, the schema's CRC-64-AVRO fingerprint (8 bytes, little-endian), the Avro body. Bytes
 * written with any schema under {@code released/} can be read.
 *
 * <p>Safe for use by several threads.
 */
public final class AvroEncoding {

    private static final SpecificData DATA = dataWithTimes();

    private final Map<String, Schema> current;
    private final SchemaStore written;
    private final Map<String, BinaryMessageEncoder<SpecificRecord>> encoders = new ConcurrentHashMap<>();
    private final Map<String, BinaryMessageDecoder<SpecificRecord>> decoders = new ConcurrentHashMap<>();

    /** Reads what today's schemas and the released ones wrote. */
    public AvroEncoding() {
        this(ReleasedSchemas.all());
    }

    AvroEncoding(Collection<Schema> earlier) {
        current = Launch.PROTOCOL.getTypes().stream()
                .filter(schema -> schema.getType() == Schema.Type.RECORD)
                .collect(Collectors.toUnmodifiableMap(Schema::getName, schema -> schema));
        var byFingerprint = Stream.concat(current.values().stream(), earlier.stream())
                .collect(Collectors.toUnmodifiableMap(SchemaNormalization::parsingFingerprint64, schema -> schema,
                        (first, _) -> first));
        written = fingerprint -> {
            var schema = byFingerprint.get(fingerprint);
            if (schema == null) {
                throw new MissingSchemaException("no schema has the fingerprint " + Long.toHexString(fingerprint));
            }
            return schema;
        };
    }

    private static SpecificData dataWithTimes() {
        var data = new SpecificData(AvroEncoding.class.getClassLoader());
        data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        return data;
    }

    /** The record names that can be read and written, e.g. {@code CreateCampaign}. */
    public boolean knows(String recordName) {
        return current.containsKey(recordName);
    }

    /** @throws UnreadableRecord when there is no such record */
    @SuppressWarnings("unchecked")
    public Class<? extends SpecificRecord> classOf(String recordName) {
        var schema = current.get(recordName);
        if (schema == null) {
            throw new UnreadableRecord("no message is called " + recordName, null);
        }
        return (Class<? extends SpecificRecord>) DATA.getClass(schema);
    }

    public byte[] encode(SpecificRecord message) {
        var encoder = encoders.computeIfAbsent(message.getSchema().getName(),
                _ -> new BinaryMessageEncoder<>(DATA, message.getSchema(), true));
        try {
            var buffer = encoder.encode(message);
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException impossibleInMemory) {
            throw new IllegalStateException(impossibleInMemory);
        }
    }

    /**
     * @param recordName the name of the record that the bytes hold, as in {@code ce_type}
     * @throws UnreadableRecord when there is no such record, the fingerprint is unknown, or the bytes are not its encoding
     */
    public SpecificRecord decode(String recordName, byte @Nullable [] bytes) {
        var schema = current.get(recordName);
        if (schema == null) {
            throw new UnreadableRecord("no message is called " + recordName, null);
        }
        if (bytes == null) {
            throw new UnreadableRecord("a " + recordName + " without a value", null);
        }
        var decoder = decoders.computeIfAbsent(recordName, _ -> new BinaryMessageDecoder<>(DATA, schema, written));
        try {
            return decoder.decode(bytes);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | NegativeArraySizeException
                | ClassCastException e) {
            throw new UnreadableRecord("not a " + recordName + " in Avro single-object encoding: " + e.getMessage(), e);
        }
    }

}
