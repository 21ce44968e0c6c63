package io.campaignlauncher.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** The contract, {@code asyncapi.yaml}, as a tree. */
final class AsyncApi {

    static final Path FILE = Path.of("asyncapi.yaml");
    static final String RELEASED = "./src/main/resources/released/";

    private static final Pattern REFERENCE = Pattern.compile(Pattern.quote(RELEASED) + "(\\w+)/v\\d+\\.avsc");

    private final Map<String, Object> root;

    private AsyncApi(Map<String, Object> root) {
        this.root = root;
    }

    static AsyncApi read() {
        try {
            return new AsyncApi(new Yaml().load(Files.readString(FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text with each schema that it points to in its latest release. */
    static String withLatest(String text, SchemaReleases releases) {
        return REFERENCE.matcher(text).replaceAll(
                found -> Matcher.quoteReplacement(RELEASED + releases.latestFile(found.group(1))));
    }

    /** What stands at a path such as {@code components/messages}; references on the way are followed. */
    Object at(String path) {
        Object here = root;
        for (var step : path.split("/")) {
            here = resolved(Objects.requireNonNull(map(here).get(step), path));
        }
        return here;
    }

    Map<String, Object> mapAt(String path) {
        return map(at(path));
    }

    /** The object itself, or what it refers to within the file. */
    Object resolved(Object object) {
        return object instanceof Map<?, ?> map && map.get("$ref") instanceof String ref && ref.startsWith("#/")
                ? at(ref.substring(2)) : object;
    }

    Map<String, Object> root() {
        return root;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object object) {
        return (Map<String, Object>) object;
    }
}
