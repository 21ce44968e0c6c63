package io.campaignlauncher.job.http;

import io.campaignlauncher.schemas.ReleasedSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What records on the topics mean, for whoever has no jar of ours: the released schemas, and the contract that names them. */
final class SchemaRoutes {

    private static final String SCHEMAS = "/v1/schemas";
    private static final CacheControl FOR_EVER = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
    /** A new release has more of it. */
    private static final CacheControl ASK_AGAIN = CacheControl.noCache().cachePublic();
    /** As the contract points to a schema where it lies in the sources. */
    private static final Pattern IN_SOURCES = Pattern.compile("\\./src/main/resources/released/(\\w+)/v(\\d+)\\.avsc");

    private final List<ReleasedSchema> schemas;
    private final Map<String, byte[]> texts;

    SchemaRoutes(List<ReleasedSchema> schemas) {
        this.schemas = schemas;
        this.texts = schemas.stream().collect(Collectors.toUnmodifiableMap(ReleasedSchema::fingerprint,
                schema -> schema.text().getBytes(StandardCharsets.UTF_8)));
    }

    /** @param href where the schema is */
    private record Listed(String name, int version, String fingerprint, String href) {}

    private record Schemas(List<Listed> schemas) {}

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/asyncapi.yaml", content(contract(), MediaType.APPLICATION_YAML))
                .GET(SCHEMAS, content(list(), MediaType.APPLICATION_JSON))
                .GET(SCHEMAS + "/{fingerprint}", this::schema)
                .filter(Responses::withProblems)
                .build();
    }

    private Mono<ServerResponse> schema(ServerRequest request) {
        var fingerprint = request.pathVariable("fingerprint");
        var text = texts.get(fingerprint);
        return text == null ? Mono.error(Problem.noSuchSchema())
                : answer(request, text, fingerprint, MediaType.APPLICATION_JSON, FOR_EVER);
    }

    private byte[] list() {
        return JsonMapper.shared().writeValueAsBytes(new Schemas(schemas.stream()
                .map(one -> new Listed(one.name(), one.version(), one.fingerprint(), href(one))).toList()));
    }

    private static String href(ReleasedSchema schema) {
        return SCHEMAS + "/" + schema.fingerprint();
    }

    private byte[] contract() {
        var places = schemas.stream().collect(Collectors.toUnmodifiableMap(
                schema -> schema.name() + " " + schema.version(), SchemaRoutes::href));
        Function<MatchResult, String> served = found -> Matcher.quoteReplacement(
                places.getOrDefault(found.group(1) + " " + found.group(2), found.group()));
        return IN_SOURCES.matcher(inSources()).replaceAll(served).getBytes(StandardCharsets.UTF_8);
    }

    private static String inSources() {
        try {
            return new ClassPathResource("api/asyncapi.yaml").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HandlerFunction<ServerResponse> content(byte[] content, MediaType type) {
        var tag = DigestUtils.md5DigestAsHex(content);
        return request -> answer(request, content, tag, type, ASK_AGAIN);
    }

    private static Mono<ServerResponse> answer(ServerRequest request, byte[] content, String tag, MediaType type,
            CacheControl kept) {
        return request.checkNotModified("\"" + tag + "\"")
                .switchIfEmpty(Mono.defer(() -> ServerResponse.ok().eTag(tag).cacheControl(kept).contentType(type)
                        .bodyValue(content)));
    }
}
