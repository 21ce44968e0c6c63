package io.campaignlauncher.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
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
    /** Bytes before the body: they tell which schema it was written with. */
    public static final int BODY_START = MARKER.length + Long.BYTES;
    private static final VarHandle FINGERPRINT = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.LITTLE_ENDIAN);

    private final EarlierSchemas earlier;
    private final IntSupplier level;
    private final Map<String, BinaryMessageEncoder<SpecificRecord>> encoders = new ConcurrentHashMap<>();
    private final Map<Older, OlderEncoder> olderEncoders = new ConcurrentHashMap<>();
    private final Map<Written, DatumReader<SpecificRecord>> readers = new ConcurrentHashMap<>();
    private final Map<Written, DatumReader<GenericRecord>> plainReaders = new ConcurrentHashMap<>();

    /** Where the schemas of earlier days are found. */
    interface EarlierSchemas {

        /** The schema of this record with this fingerprint; null where there is none. */
        @Nullable
        Schema find(String recordName, long fingerprint);
    }

    private record Written(String recordName, long fingerprint) {}

    private record Older(String recordName, int version) {}

    /** Reads what today's schemas and the released ones wrote, and writes with today's. */
    public AvroEncoding() {
        this(() -> FeatureLevel.WRITTEN);
    }

    /** @param level asked at each message: nothing is written that is newer than this {@link FeatureLevel} */
    public AvroEncoding(IntSupplier level) {
        this(ReleasedSchemas::find, level);
    }

    AvroEncoding(EarlierSchemas earlier) {
        this(earlier, () -> FeatureLevel.WRITTEN);
    }

    private AvroEncoding(EarlierSchemas earlier, IntSupplier level) {
        this.earlier = earlier;
        this.level = level;
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

    /** @throws IllegalStateException for a kind of message that may not be written yet: whoever decides asks before */
    public byte[] encode(SpecificRecord message) {
        var name = message.getSchema().getName();
        var version = FeatureLevel.versionAt(name, level.getAsInt());
        if (version == Integer.MAX_VALUE) {
            return latest(message);
        }
        if (version == 0) {
            throw new IllegalStateException("not every instance reads a " + name + " yet");
        }
        return olderEncoders.computeIfAbsent(new Older(name, version),
                _ -> new OlderEncoder(message.getSchema(), ReleasedSchemas.version(name, version)))
                .encode(latest(message));
    }

    private byte[] latest(SpecificRecord message) {
        var encoder = encoders.computeIfAbsent(message.getSchema().getName(),
                _ -> new BinaryMessageEncoder<>(DATA, message.getSchema(), true));
        try {
            return bytes(encoder.encode(message));
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
        if (bytes == null) {
            classOf(recordName);
            throw new UnreadableRecord("a " + recordName + " without a value", null);
        }
        return decode(recordName, bytes, 0, bytes.length);
    }

    /** The same for a message that is a part of the array, from one position to before another. */
    public SpecificRecord decode(String recordName, byte[] bytes, int from, int to) {
        var type = classOf(recordName);
        var written = new Written(recordName, fingerprint(recordName, bytes, from, to));
        var reader = readers.computeIfAbsent(written, _ -> reader(type, written));
        return read(reader, recordName, bytes, from, to);
    }

    /**
     * The message with the fields that it was written with and no others: the same at all times, whatever fields were added
     * since. Times are numbers.
     *
     * @throws UnreadableRecord as {@link #decode(String, byte[])}
     */
    public GenericRecord decodeAsWritten(String recordName, byte[] bytes) {
        var type = classOf(recordName);
        var written = new Written(recordName, fingerprint(recordName, bytes, 0, bytes.length));
        var reader = plainReaders.computeIfAbsent(written, _ -> new GenericDatumReader<>(writer(type, written)));
        return read(reader, recordName, bytes, 0, bytes.length);
    }

    /** @throws UnreadableRecord where it is no single-object encoding */
    static long fingerprint(String recordName, byte[] bytes, int from, int to) {
        if (to - from < BODY_START || bytes[from] != MARKER[0] || bytes[from + 1] != MARKER[1]) {
            throw new UnreadableRecord("a " + recordName + " that is not in Avro single-object encoding", null);
        }
        return (long) FINGERPRINT.get(bytes, from + MARKER.length);
    }

    private static <T> T read(DatumReader<T> reader, String recordName, byte[] bytes, int from, int to) {
        var body = new BoundedDecoder(bytes, from + BODY_START, to);
        T message;
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

    /** The schema that messages of this class are written with. */
    static Schema schemaOf(Class<? extends SpecificRecord> type) {
        return DATA.getSchema(type);
    }

    /** Only schemas of the same record will do: Avro would read any record as any other whose fields have defaults. */
    @SuppressWarnings("unchecked")
    private DatumReader<SpecificRecord> reader(Class<? extends SpecificRecord> type, Written written) {
        return (DatumReader<SpecificRecord>) DATA.createDatumReader(writer(type, written), DATA.getSchema(type));
    }

    private Schema writer(Class<? extends SpecificRecord> type, Written written) {
        var current = DATA.getSchema(type);
        var writer = SchemaNormalization.parsingFingerprint64(current) == written.fingerprint() ? current
                : earlier.find(written.recordName(), written.fingerprint());
        if (writer == null) {
            throw new UnreadableRecord("no schema of " + written.recordName() + " has the fingerprint "
                    + HexFormat.of().toHexDigits(Long.reverseBytes(written.fingerprint())), null);
        }
        return writer;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** Makes of a message's bytes those that an older schema gives it. */
    private static final class OlderEncoder {

        private final GenericDatumReader<GenericRecord> reader;
        private final BinaryMessageEncoder<GenericRecord> writer;

        OlderEncoder(Schema latest, Schema older) {
            reader = new GenericDatumReader<>(latest, older, new GenericData());
            writer = new BinaryMessageEncoder<>(new GenericData(), older, true);
        }

        byte[] encode(byte[] latest) {
            try {
                return bytes(writer.encode(reader.read(null, new BoundedDecoder(latest, BODY_START, latest.length))));
            } catch (IOException impossibleInMemory) {
                throw new UncheckedIOException(impossibleInMemory);
            }
        }
    }

    private static final class BoundedTimes extends TimeConversions.TimestampMillisConversion {

        @Override
        public Instant fromLong(Long millis, Schema schema, LogicalType type) {
            return Times.ofEpochMilli(millis);
        }
    }

    /** Reads arrays as plain lists: Avro's own can be compared with nothing where an element holds a time. */
    private static final class PlainData extends SpecificData {

        PlainData() {
            super(AvroEncoding.class.getClassLoader());
            addLogicalTypeConversion(new BoundedTimes());
        }

        @Override
        public Object newArray(Object old, int size, Schema schema) {
            return new ArrayList<>(size);
        }
    }
}
