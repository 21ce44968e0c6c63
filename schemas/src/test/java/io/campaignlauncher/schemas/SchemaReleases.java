package io.campaignlauncher.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParser;

/**
 * The folder of released schemas: {@code <record>/v<n>.avsc}, and {@code index.txt} by fingerprint. Releasing adds files and
 * changes none.
 */
final class SchemaReleases {

    static final Path FOLDER = Path.of("src/main/resources/released");
    static final String COMMAND = "mvn -pl schemas test -Dtest=SchemaReleaseTest -Dschemas.release=true";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    SchemaReleases(Path folder) {
        this.folder = folder;
    }

    /** Record names with the number of released versions. */
    SortedMap<String, Integer> versions() {
        var versions = new TreeMap<String, Integer>();
        if (Files.isDirectory(folder)) {
            try (var records = Files.newDirectoryStream(folder, Files::isDirectory)) {
                for (var record : records) {
                    try (var files = Files.list(record)) {
                        versions.put(record.getFileName().toString(), (int) files.count());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return versions;
    }

    /** The released schemas of a record, oldest first. */
    List<Schema> of(String recordName) {
        var released = new ArrayList<Schema>();
        for (int version = 1; version <= versions().getOrDefault(recordName, 0); version++) {
            released.add(new SchemaParser().parse(text(folder.resolve(file(recordName, version)))).mainSchema());
        }
        return released;
    }

    /** Whether the latest released version says the same, documentation apart. */
    boolean holds(Schema schema) {
        var released = of(schema.getName());
        return !released.isEmpty() && withoutDocs(released.getLast()).equals(withoutDocs(schema));
    }

    /** Every way in which these messages break with what was released. */
    List<String> violations(Collection<Schema> messages) {
        var names = messages.stream().map(Schema::getName).toList();
        var violations = new ArrayList<String>();
        versions().keySet().stream().filter(name -> !names.contains(name))
                .forEach(name -> violations.add(name + " was released and is gone"));
        messages.forEach(
                message -> violations.addAll(SchemaEvolution.violations(message, of(message.getName()))));
        return violations;
    }

    /**
     * Writes the next version of each message that differs from its latest one.
     *
     * @return the files that are new
     * @throws IllegalStateException when one breaks with what was released; then nothing is written
     */
    List<String> release(Collection<Schema> messages) {
        var violations = violations(messages);
        if (!violations.isEmpty()) {
            throw new IllegalStateException(String.join("\n", violations));
        }
        var written = new ArrayList<String>();
        for (var message : messages) {
            if (!holds(message)) {
                var file = file(message.getName(), versions().getOrDefault(message.getName(), 0) + 1);
                write(folder.resolve(file), SchemaFormatter.format("json/pretty", message) + "\n");
                written.add(file);
            }
        }
        write(folder.resolve("index.txt"), index());
        return written;
    }

    /** One line a file: the fingerprint as it stands in a record's bytes, and the file. */
    String index() {
        var index = new StringBuilder();
        for (var name : versions().keySet()) {
            var version = 0;
            for (var schema : of(name)) {
                index.append(fingerprint(schema)).append(' ').append(file(name, ++version)).append('\n');
            }
        }
        return index.toString();
    }

    String indexAsItIs() {
        return text(folder.resolve("index.txt"));
    }

    String latestFile(String recordName) {
        return file(recordName, versions().get(recordName));
    }

    /** Sixteen hex digits in the order of the bytes in a record. */
    static String fingerprint(Schema schema) {
        return HexFormat.of().toHexDigits(Long.reverseBytes(SchemaNormalization.parsingFingerprint64(schema)));
    }

    private static String file(String recordName, int version) {
        return recordName + "/v" + version + ".avsc";
    }

    private static JsonNode withoutDocs(Schema schema) {
        try {
            var json = JSON.readTree(schema.toString());
            json.findParents("doc").forEach(parent -> ((ObjectNode) parent).remove("doc"));
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
