package io.campaignlauncher.schemas;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.idl.IdlReader;
import org.apache.avro.specific.SpecificRecord;

/** The schemas as the files in {@code src/main/avro} have them now, without what the Java generator adds. */
final class CurrentSchemas {

    private static final List<Path> IDL = List.of(Path.of("src/main/avro/launch.avdl"),
            Path.of("src/main/avro/market.avdl"));

    private CurrentSchemas() {}

    /** The records that travel as values. */
    static List<Schema> messages() {
        var types = types();
        return messageClasses().stream()
                .map(type -> types.stream().filter(schema -> schema.getName().equals(type.getSimpleName())).findAny()
                        .orElseThrow())
                .toList();
    }

    static List<Class<? extends SpecificRecord>> messageClasses() {
        return Arrays.stream(Topic.values()).flatMap(topic -> topic.messages().stream()).toList();
    }

    /** Every named type. */
    static Collection<Schema> types() {
        return IDL.stream().flatMap(file -> types(file).stream()).toList();
    }

    private static Collection<Schema> types(Path file) {
        try {
            return new IdlReader().parse(file).getNamedSchemas().values();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A record out of declarations of the same namespace, in Avro IDL. */
    static Schema idl(String recordName, String declarations) {
        var text = "@namespace(\"io.campaignlauncher.schemas\") protocol P {" + declarations + "}";
        try (var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            return new IdlReader().parse(in).getNamedSchema("io.campaignlauncher.schemas." + recordName);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
