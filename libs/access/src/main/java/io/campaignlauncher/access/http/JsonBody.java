package io.campaignlauncher.access.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Reads a request's body: one JSON object of bounded size, with the fields of a record and no others. Its text is never repeated, as it holds secrets. */
public final class JsonBody {

    private static final int BYTES_MAX = 16 * 1024;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(LogicalType.Textual, texts -> {
                for (var other : List.of(CoercionInputShape.Integer, CoercionInputShape.Float,
                        CoercionInputShape.Boolean)) {
                    texts.setCoercion(other, CoercionAction.Fail);
                }
            })
            .build();
    private static final Pattern TELLABLE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,60}");

    private JsonBody() {}

    /** Fails with a {@link HttpProblem}: 400 or 413. */
    public static <T> Mono<T> of(ServerRequest request, Class<T> type) {
        return BodyBytes.of(request, BYTES_MAX)
                .map(bytes -> parsed(bytes, type))
                .switchIfEmpty(Mono.error(JsonBody::noJson));
    }

    private static <T> T parsed(byte[] bytes, Class<T> type) {
        try {
            var read = MAPPER.readValue(bytes, type);
            if (read == null) {
                throw noJson();
            }
            return read;
        } catch (UnrecognizedPropertyException e) {
            throw mistake(tellable(e.getPropertyName()), "is not known");
        } catch (DatabindException e) {
            var path = e.getPath();
            var field = path.isEmpty() ? null : path.getFirst().getPropertyName();
            throw field == null ? noJson() : mistake(tellable(field), "has another type");
        } catch (JacksonException e) {
            throw noJson();
        }
    }

    private static HttpProblem noJson() {
        return HttpProblem.noJsonObject("It cannot be read.");
    }

    private static HttpProblem mistake(String field, String message) {
        return HttpProblem.mistakes(List.of(new HttpProblem.Mistake(field, message)));
    }

    private static String tellable(@Nullable String name) {
        return name != null && TELLABLE_NAME.matcher(name).matches() ? name : "?";
    }

    /** Collects what is wrong with fields, to say all of it at once. */
    public static final class Check {

        private final List<HttpProblem.Mistake> found = new ArrayList<>();

        /** The text; empty, which is noted, where it is missing. */
        public String needed(String field, @Nullable String value) {
            if (value == null || value.isEmpty()) {
                wrong(field, "is needed");
                return "";
            }
            return value;
        }

        /** @param mistake null: none */
        public void rule(String field, @Nullable String mistake) {
            if (mistake != null && found.stream().noneMatch(one -> one.field().equals(field))) {
                wrong(field, mistake);
            }
        }

        public void wrong(String field, String message) {
            found.add(new HttpProblem.Mistake(field, message));
        }

        /** @throws HttpProblem 400 where something was wrong */
        public void end() {
            if (!found.isEmpty()) {
                throw HttpProblem.mistakes(found);
            }
        }
    }
}
