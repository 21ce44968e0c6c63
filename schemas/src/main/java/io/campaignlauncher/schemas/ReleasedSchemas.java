package io.campaignlauncher.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Schemas as they were released, oldest first. Files are only ever added: what was written with them stays readable. */
final class ReleasedSchemas {

    private static final String FOLDER = "/released/";

    private ReleasedSchemas() {}

    /** The {@code .avsc} files named in {@code released/index.txt}, one a line. */
    static List<Schema> all() {
        var schemas = new ArrayList<Schema>();
        for (var file : read(FOLDER + "index.txt").lines().filter(line -> !line.isBlank()).toList()) {
            schemas.add(new Schema.Parser().parse(read(FOLDER + file)));
        }
        return schemas;
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
