package io.campaignlauncher.job.http;

import io.campaignlauncher.access.http.BodyBytes;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.JsonNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads a request's body: one JSON object of bounded size, packed or not; that it calls itself JSON is seen to before. Its text is never repeated in an answer, as it may hold a token. */
final class JsonBody {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final Pattern TELLABLE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,60}");
    private static final int FIELD_DEPTH = 2;

    private JsonBody() {}

    /** Fails with a {@link Problem}: 400, 413, or 415 for how it is packed. */
    static Mono<ObjectNode> of(ServerRequest request, int bytesMax) {
        return BodyBytes.of(request, bytesMax)
                .map(bytes -> parsed(ContentEncoding.of(request).unpacked(bytes, bytesMax)))
                .switchIfEmpty(Mono.error(() -> Problem.noJson("The body is empty.")));
    }

    private static ObjectNode parsed(byte[] bytes) {
        try (var parser = MAPPER.createParser(bytes)) {
            JsonNumbers.firstBeyond(parser).ifPresent(place -> {
                throw Problem.badRequest(List.of(new Violation(field(place), JsonNumbers.RULE)));
            });
            return MAPPER.readTree(bytes) instanceof ObjectNode object ? object : noObject();
        } catch (JacksonException e) {
            var place = e.getLocation();
            throw Problem.noJson(place == null ? "It cannot be read."
                    : "It cannot be read at line " + place.getLineNr() + ", column " + place.getColumnNr() + ".");
        }
    }

    /** The field of a request at or around this place, as in {@code adSet.targeting} or {@code ad.graphFields.bid_amount}. */
    private static String field(JsonPointer place) {
        var names = new ArrayList<String>();
        int depth = FIELD_DEPTH;
        for (var at = place; !at.matches() && names.size() < depth; at = at.tail()) {
            var name = at.getMatchingProperty();
            names.add(TELLABLE_NAME.matcher(name).matches() ? name : "?");
            depth = name.equals("graphFields") ? names.size() + 1 : depth;
        }
        return String.join(".", names);
    }

    private static ObjectNode noObject() {
        throw Problem.noJson("It is JSON, but no object.");
    }
}
