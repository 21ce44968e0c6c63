package io.campaignlauncher.job.http;

import io.campaignlauncher.access.http.BodyBytes;
import io.campaignlauncher.job.request.RequestJson;
import java.util.List;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Reads a request's body: one JSON object of bounded size, packed or not; that it calls itself JSON is seen to before. Its text is never repeated in an answer, as it may hold a token. */
final class JsonBody {

    private static final int FIELD_DEPTH = 2;

    private JsonBody() {}

    /** Fails with a {@link Problem}: 400, 413, or 415 for how it is packed. */
    static Mono<ObjectNode> of(ServerRequest request, int bytesMax) {
        return BodyBytes.of(request, bytesMax)
                .map(bytes -> parsed(ContentEncoding.of(request).unpacked(bytes, bytesMax)))
                .switchIfEmpty(Mono.error(() -> Problem.noJson("The body is empty.")));
    }

    private static ObjectNode parsed(byte[] bytes) {
        try {
            RequestJson.numberBeyondBounds(bytes, FIELD_DEPTH).ifPresent(mistake -> {
                throw Problem.badRequest(List.of(mistake));
            });
            return RequestJson.read(bytes) instanceof ObjectNode object ? object : noObject();
        } catch (JacksonException e) {
            var place = e.getLocation();
            throw Problem.noJson(place == null ? "It cannot be read."
                    : "It cannot be read at line " + place.getLineNr() + ", column " + place.getColumnNr() + ".");
        }
    }

    private static ObjectNode noObject() {
        throw Problem.noJson("It is JSON, but no object.");
    }
}
