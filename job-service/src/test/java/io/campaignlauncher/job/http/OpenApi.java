package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.yaml.snakeyaml.Yaml;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of the API, and whether an answer is what it says. */
final class OpenApi {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final OpenApi SHARED = new OpenApi();

    private final JsonNode document;
    private final List<PathPattern> templates;

    private OpenApi() {
        try {
            var text = new ClassPathResource("api/openapi.yaml").getContentAsString(StandardCharsets.UTF_8);
            document = JSON.valueToTree(new Yaml().<Map<String, Object>>load(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        templates = document.path("paths").propertyNames().stream()
                .map(PathPatternParser.defaultInstance::parse)
                .sorted()
                .toList();
    }

    static OpenApi shared() {
        return SHARED;
    }

    JsonNode document() {
        return document;
    }

    /** Each as method, blank, path. */
    TreeSet<String> operations() {
        var operations = new TreeSet<String>();
        document.path("paths").properties().forEach(path -> path.getValue().propertyNames().stream()
                .filter(name -> List.of("get", "put", "post", "delete", "patch").contains(name))
                .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    /** Compares every answer; one that is a stream by its status and type only. */
    ExchangeFilterFunction checkingAnswers() {
        return (request, next) -> next.exchange(request).flatMap(response -> {
            var type = response.headers().contentType();
            var status = response.statusCode().value();
            if (type.filter(MediaType.TEXT_EVENT_STREAM::isCompatibleWith).isPresent()) {
                described(request.method(), request.url().getRawPath(), status, type);
                return Mono.just(response);
            }
            return response.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]).map(body -> {
                check(request.method(), request.url().getRawPath(), status, type, body);
                return response.mutate().body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body))).build();
            });
        });
    }

    private void check(HttpMethod method, String path, int status, Optional<MediaType> type, byte[] body) {
        var schema = described(method, path, status, type);
        if (schema.isPresent() && type.orElseThrow().getSubtype().endsWith("json")) {
            check(schema.get(), JSON.readTree(body), method + " " + path + " -> " + status);
        }
    }

    /** The schema of the answer; empty where it has no body. An address that is not described answers with a problem. */
    private Optional<JsonNode> described(HttpMethod method, String path, int status, Optional<MediaType> type) {
        var operation = operation(method, path);
        if (operation.isMissingNode()) {
            assertThat(status).as("%s %s is not described", method, path).isEqualTo(404);
            return Optional.of(schema("Problem"));
        }
        var answer = resolved(operation.path("responses").path(String.valueOf(status)));
        assertThat(answer.isObject()).as("%s %s may answer %d", method, path, status).isTrue();
        if (type.isEmpty()) {
            assertThat(answer.has("content")).as("%s %s -> %d has a body", method, path, status).isFalse();
            return Optional.empty();
        }
        var name = type.get().getType() + "/" + type.get().getSubtype();
        assertThat(answer.path("content").propertyNames()).as("%s %s -> %d", method, path, status).contains(name);
        return Optional.of(answer.path("content").path(name).path("schema"));
    }

    private JsonNode operation(HttpMethod method, String path) {
        var container = PathContainer.parsePath(path);
        return templates.stream()
                .filter(template -> template.matches(container))
                .map(template -> document.path("paths").path(template.getPatternString())
                        .path(method.name().toLowerCase(Locale.ROOT)))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseGet(JSON::missingNode);
    }

    JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }

    /** What a {@code $ref} points at, or the node itself. */
    JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref");
        return reference.isString() ? document.at(reference.stringValue().substring(1)) : node;
    }

    /** @param what for the message where it does not match */
    void check(JsonNode schema, JsonNode value, String what) {
        var whole = JSON.createObjectNode();
        whole.set("components", document.path("components"));
        whole.putArray("allOf").add(schema);
        var errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(whole)
                .validate(value, context -> context.executionConfig(
                        configuration -> configuration.formatAssertionsEnabled(true)));
        assertThat(errors).as("%s%n%s", what, value).isEmpty();
    }
}
