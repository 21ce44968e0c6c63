package io.campaignlauncher.testing;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An OpenAPI 3.1 description, and whether an answer is what it says. Every check fails with an {@link AssertionError}. */
public final class DescribedApi {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    private final JsonNode document;
    private final List<String> paths;

    private DescribedApi(JsonNode document) {
        this.document = document;
        // A path that is named as it is comes before one with variables.
        this.paths = document.path("paths").propertyNames().stream()
                .sorted(Comparator.<String>comparingLong(path -> path.chars().filter(c -> c == '{').count())).toList();
    }

    /** @param resource YAML, on the class path */
    public static DescribedApi of(String resource) {
        try (var text = Objects.requireNonNull(DescribedApi.class.getResourceAsStream(resource), resource)) {
            return new DescribedApi(JSON.valueToTree(new Yaml().<Map<String, Object>>load(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode document() {
        return document;
    }

    /** Each as method, blank, path. */
    public TreeSet<String> operations() {
        var operations = new TreeSet<String>();
        paths.forEach(path -> METHODS.stream().filter(document.path("paths").path(path)::has)
                .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return operations;
    }

    public JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }

    /** What a {@code $ref} points at, or the node itself. */
    public JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref");
        return reference.isString() ? document.at(reference.stringValue().substring(1)) : node;
    }

    /**
     * An answer is one that the operation may give. What is not described at all has to be answered with a 404 problem.
     *
     * @param contentType null where the answer has none
     * @param body        looked into where it is JSON
     */
    public void check(String method, String path, int status, @Nullable String contentType, byte[] body) {
        var what = method + " " + path + " -> " + status;
        var operation = operation(method, path);
        if (operation.isMissingNode()) {
            require(status == 404, what + ": this operation is not described");
            return;
        }
        var answer = resolved(operation.path("responses").path(String.valueOf(status)));
        require(answer.isObject(), what + ": this status is not described");
        if (contentType == null) {
            require(!answer.has("content") && body.length == 0, what + ": a body, or none, where there should be");
            return;
        }
        var type = contentType.split(";")[0].strip();
        require(answer.path("content").has(type), what + ": " + type + " is not described");
        if (type.endsWith("json")) {
            check(answer.path("content").path(type).path("schema"), JSON.readTree(body), what);
        }
    }

    /** @param what for the message where it does not match */
    public void check(JsonNode schema, JsonNode value, String what) {
        var whole = JSON.createObjectNode();
        whole.set("components", document.path("components"));
        whole.putArray("allOf").add(schema);
        var errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(whole)
                .validate(value, context -> context.executionConfig(
                        configuration -> configuration.formatAssertionsEnabled(true)));
        require(errors.isEmpty(), what + " is not as described: " + errors + "\n" + value);
    }

    private JsonNode operation(String method, String path) {
        return paths.stream()
                .filter(template -> pattern(template).matcher(path).matches())
                .map(template -> document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT)))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseGet(JSON::missingNode);
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(template.replace(".", "\\.").replaceAll("\\{\\w+}", "[^/]+"));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
