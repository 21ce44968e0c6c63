package io.campaignlauncher.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    static List<ReleasedSchema> all() {
        return lines()
                .map(line -> new ReleasedSchema(line.recordName(), line.version(), line.fingerprint(),
                        read(FOLDER + line.file())))
                .sorted(Comparator.comparing(ReleasedSchema::name).thenComparing(ReleasedSchema::version))
                .toList();
    }

    private static Map<Version, String> index() {
        return lines().collect(Collectors.toUnmodifiableMap(
                line -> new Version(line.recordName(),
                        Long.reverseBytes(HexFormat.fromHexDigitsToLong(line.fingerprint()))),
                Line::file, (first, _) -> first));
    }

    /** Of {@code released/index.txt}: the fingerprint as it stands in a record's bytes, and the file. */
    private record Line(String fingerprint, String file) {

        String recordName() {
            return file.substring(0, file.indexOf('/'));
        }

        int version() {
            return Integer.parseInt(file.substring(file.indexOf("/v") + 2, file.indexOf(".avsc")));
        }
    }

    private static Stream<Line> lines() {
        return read(FOLDER + "index.txt").lines().map(line -> line.split(" "))
                .map(words -> new Line(words[0], words[1]));
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
