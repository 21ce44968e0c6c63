package io.campaignlauncher.schemas;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the same messages as {@link AvroEncoding}, several times quicker, for whoever reads millions: without Avro's resolving
 * of schemas where a message was written with today's, and past fields that nobody wants. Older messages are read as ever.
 *
 * <p>Safe for use by several threads.
 */
public final class QuickDecoding {

    private final AvroEncoding encoding;
    private final Set<String> unreadTypes;
    private final Set<String> unreadFields;
    private final Map<String, Current> readers = new ConcurrentHashMap<>();

    /**
     * How a type is read as it is written today.
     *
     * @param empty what stands for a message that is not to be read; null: it is
     */
    private record Current(long fingerprint, DirectReader reader, @Nullable SpecificRecord empty) {}

    /**
     * @param unreadTypes  names of messages of which nothing is read: they have the defaults of all their fields
     * @param unreadFields {@code Record.field}: left out wherever the record occurs, they have their defaults
     */
    public QuickDecoding(AvroEncoding encoding, Set<String> unreadTypes, Set<String> unreadFields) {
        this.encoding = encoding;
        this.unreadTypes = Set.copyOf(unreadTypes);
        this.unreadFields = Set.copyOf(unreadFields);
    }

    /**
     * A message that is a part of the array, from one position to before another.
     *
     * @throws UnreadableRecord as {@link AvroEncoding#decode}; damage to what is not read goes unseen
     */
    public SpecificRecord decode(String recordName, byte[] bytes, int from, int to) {
        var current = readers.get(recordName);
        if (current == null) {
            current = readers.computeIfAbsent(recordName, this::current);
        }
        if (AvroEncoding.fingerprint(recordName, bytes, from, to) != current.fingerprint()) {
            return encoding.decode(recordName, bytes, from, to);
        }
        if (current.empty() != null) {
            return current.empty();
        }
        var body = new BoundedDecoder(bytes, from + AvroEncoding.BODY_START, to);
        SpecificRecord message;
        try {
            message = (SpecificRecord) Objects.requireNonNull(current.reader().read(body));
        } catch (IOException | RuntimeException e) {
            throw new UnreadableRecord("not the bytes of a " + recordName + ": " + e.getMessage(), e);
        }
        if (!body.isEnd()) {
            throw new UnreadableRecord("more bytes than a " + recordName + " has", null);
        }
        return message;
    }

    private Current current(String recordName) {
        var schema = AvroEncoding.schemaOf(encoding.classOf(recordName));
        return new Current(SchemaNormalization.parsingFingerprint64(schema), DirectReader.of(schema, unreadFields),
                unreadTypes.contains(recordName) ? DirectReader.empty(schema) : null);
    }
}
