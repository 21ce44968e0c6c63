package io.campaignlauncher.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.io.DatumReader;
import org.apache.avro.message.BinaryMessageEncoder;
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

    private static final SpecificData DATA = new PlainData();
    private static final Map<String, Class<? extends SpecificRecord>> MESSAGES = Arrays.stream(Topic.values())
            .flatMap(topic -> topic.messages().stream())
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));
    private static final byte[] MARKER = { (byte) 0xC3, 0x01 };
    private static final int BODY_START = MARKER.length + Long.BYTES;

    private final EarlierSchemas earlier;
    private final Map<String, BinaryMessageEncoder<SpecificRecord>> encoders = new ConcurrentHashMap<>();
    private final Map<Written, DatumReader<SpecificRecord>> readers = new ConcurrentHashMap<>();

    /** Where the schemas of earlier days are found. */
    interface EarlierSchemas {

        /** The schema of this record with this fingerprint; null where there is none. */
        @Nullable
        Schema find(String recordName, long fingerprint);
    }

    private record Written(String recordName, long fingerprint) {}

    /** Reads what today's schemas and the released ones wrote. */
    public AvroEncoding() {
        this(ReleasedSchemas::find);
    }

    AvroEncoding(EarlierSchemas earlier) {
        this.earlier = earlier;
    }

    /** The names of messages that can be read and written, e.g. {@code CreateCampaign}. */
    public boolean knows(String recordName) {
        return MESSAGES.containsKey(recordName);
    }

    /** @throws UnreadableRecord when there is no such message */
    public Class<? extends SpecificRecord> classOf(String recordName) {
        var type = MESSAGES.get(recordName);
        if (type == null) {
            throw new UnreadableRecord("no message is called " + Quoted.of(recordName), null);
        }
        return type;
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
            throw new UncheckedIOException(impossibleInMemory);
        }
    }

    /**
     * @param recordName the name of the message that the bytes hold, as in {@code ce_type}
     * @throws UnreadableRecord when there is no such message, the fingerprint is of none of its schemas, or the bytes are not
     *                          exactly one encoded record
     */
    public SpecificRecord decode(String recordName, byte @Nullable [] bytes) {
        var type = classOf(recordName);
        if (bytes == null) {
            throw new UnreadableRecord("a " + recordName + " without a value", null);
        }
        if (bytes.length < BODY_START || bytes[0] != MARKER[0] || bytes[1] != MARKER[1]) {
            throw new UnreadableRecord("a " + recordName + " that is not in Avro single-object encoding", null);
        }
        var fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(MARKER.length);
        var reader = readers.computeIfAbsent(new Written(recordName, fingerprint), written -> reader(type, written));
        var body = new BoundedDecoder(bytes, BODY_START);
        SpecificRecord message;
        try {
            message = reader.read(null, body);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableRecord("not the bytes of a " + recordName + ": " + e.getMessage(), e);
        }
        if (!body.isEnd()) {
            throw new UnreadableRecord("more bytes than a " + recordName + " has", null);
        }
        return message;
    }

    /** Only schemas of the same record will do: Avro would read any record as any other whose fields have defaults. */
    @SuppressWarnings("unchecked")
    private DatumReader<SpecificRecord> reader(Class<? extends SpecificRecord> type, Written written) {
        var current = DATA.getSchema(type);
        var writer = SchemaNormalization.parsingFingerprint64(current) == written.fingerprint() ? current
                : earlier.find(written.recordName(), written.fingerprint());
        if (writer == null) {
            throw new UnreadableRecord("no schema of " + written.recordName() + " has the fingerprint "
                    + HexFormat.of().toHexDigits(Long.reverseBytes(written.fingerprint())), null);
        }
        return (DatumReader<SpecificRecord>) DATA.createDatumReader(writer, current);
    }

    /** Reads arrays as plain lists: Avro's own can be compared with nothing where an element holds a time. */
    private static final class PlainData extends SpecificData {

        PlainData() {
            super(AvroEncoding.class.getClassLoader());
            addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        }

        @Override
        public Object newArray(Object old, int size, Schema schema) {
            return new ArrayList<>(size);
        }
    }
}
