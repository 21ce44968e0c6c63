package io.campaignlauncher.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.jspecify.annotations.Nullable;

/**
 * Schemas as they were released. Files are only ever added: what was written with them stays readable. The index is read
 * once in a JVM, a schema when the first record written with it comes along.
 */
final class ReleasedSchemas {

    private static final String FOLDER = "/released/";
    private static final Map<Version, String> FILES = index();
    private static final Map<Version, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private record Version(String recordName, long fingerprint) {}

    private ReleasedSchemas() {}

    /** The released schema of this record with this fingerprint; null where there is none. */
    static @Nullable Schema find(String recordName, long fingerprint) {
        var version = new Version(recordName, fingerprint);
        var file = FILES.get(version);
        return file == null ? null
                : SCHEMAS.computeIfAbsent(version, _ -> new SchemaParser().parse(read(FOLDER + file)).mainSchema());
    }

    /** @param version from 1 */
    static Schema version(String recordName, int version) {
        return new SchemaParser().parse(read(FOLDER + recordName + "/v" + version + ".avsc")).mainSchema();
    }

    /** Each line of {@code released/index.txt}: the fingerprint as it stands in a record's bytes, and the file. */
    private static Map<Version, String> index() {
        return read(FOLDER + "index.txt").lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toUnmodifiableMap(
                        words -> new Version(words[1].substring(0, words[1].indexOf('/')),
                                Long.reverseBytes(HexFormat.fromHexDigitsToLong(words[0]))),
                        words -> words[1], (first, _) -> first));
    }

    private static String read(String resource) {
        try (var in = ReleasedSchemas.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing from this jar: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
