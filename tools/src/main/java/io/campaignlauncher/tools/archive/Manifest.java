package io.campaignlauncher.tools.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.tools.events.TimeRange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an export holds, so that whoever has the files can tell that they are whole.
 *
 * @param format             an {@link ExportFormat}
 * @param from               the range asked for, as {@link TimeRange} says
 * @param exportedAt         by the database's clock
 * @param upToGlobalIndex    no event with this index or a lower one came, or will come, into the store after the export
 * @param mayGrow            the range ended so short before the export, or not at all, that later exports of it may hold more
 * @param events             in all
 * @param firstGlobalIndex   null where there is none
 * @param types              how many of each type
 * @param chain              {@link HashChain} over all events in order
 * @param chainEnd           the last link, hex: note it down elsewhere, and nobody can forge the export unseen
 * @param files              in order
 * @param only               which of the events of the range it holds, in words; null: all
 * @param store              the schema of another event store than that of launches; null: it is that, or none
 * @param sha256             of this manifest as {@link #written}, hex, with nothing in the place of this sum; null in the first format
 */
record Manifest(String format, @Nullable Instant from, @Nullable Instant to, Instant exportedAt, long upToGlobalIndex,
        boolean mayGrow, long events, @Nullable Long firstGlobalIndex, @Nullable Long lastGlobalIndex,
        SortedMap<String, Long> types, String chain, String chainEnd, List<Part> files,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String only,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String store,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String sha256) {

    static final String FILE = "manifest.json";
    /** As {@code sha256sum} writes it: {@code sha256sum -c manifest.json.sha256} checks it. */
    static final String SUM_FILE = FILE + ".sha256";
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * Two files with the same events.
     *
     * @param chainEnd the link of its last event, hex
     */
    record Part(long events, long firstGlobalIndex, long lastGlobalIndex, SortedMap<String, Long> types,
            String chainEnd, Digest avro, Digest jsonLines) {

        List<Digest> digests() {
            return List.of(avro, jsonLines);
        }
    }

    /** @param sha256 hex */
    record Digest(String name, long bytes, String sha256) {}

    static @Nullable String nameOf(EventStoreSchema schema) {
        return schema.equals(EventStoreSchema.LAUNCHES) ? null : schema.name();
    }

    /** Where the events were. */
    EventStoreSchema schema() {
        return store == null ? EventStoreSchema.LAUNCHES : new EventStoreSchema(store);
    }

    TimeRange range() {
        return new TimeRange(from, to);
    }

    /** The same with its own sum. */
    Manifest summed() {
        var unsummed = withSum("");
        return withSum(
                HexFormat.of()
                        .formatHex(HashChain.digest().digest(unsummed.written().getBytes(StandardCharsets.UTF_8))));
    }

    private Manifest withSum(String sum) {
        return new Manifest(format, from, to, exportedAt, upToGlobalIndex, mayGrow, events, firstGlobalIndex,
                lastGlobalIndex, types, chain, chainEnd, files, only, store, sum);
    }

    String written() {
        return JSON.writeValueAsString(this) + "\n";
    }

    /** @throws tools.jackson.core.JacksonException where it is none */
    static Manifest read(byte[] json) {
        return JSON.readValue(json, Manifest.class);
    }

    /** The total of each type. */
    static Map<String, Long> sum(List<Part> parts) {
        var sum = new java.util.TreeMap<String, Long>();
        parts.forEach(part -> part.types().forEach((type, count) -> sum.merge(type, count, Long::sum)));
        return sum;
    }
}
