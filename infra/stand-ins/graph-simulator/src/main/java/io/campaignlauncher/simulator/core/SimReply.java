package io.campaignlauncher.simulator.core;

import io.campaignlauncher.standin.Fate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The answer to a {@link SimRequest}, and when and whether it arrives.
 *
 * @param delay from the request to the answer, or to the closing of the connection
 * @param fate  unless ANSWERED the client sees nothing of status, headers and body
 */
public record SimReply(int status, Map<String, String> headers, Body body, Duration delay, Fate fate) {

    /** What is in an answer. */
    public sealed interface Body {

        /** JSON, and a JSON null where that is what is meant. */
        record Json(JsonNode node) implements Body {}

        record Html(String text) implements Body {}
    }

    public byte[] bytes() {
        return switch (body) {
            case Body.Json(var node) -> Json.bytes(node);
            case Body.Html(var text) -> text.getBytes(StandardCharsets.UTF_8);
        };
    }

    public String contentType() {
        return switch (body) {
            case Body.Json _ -> "application/json; charset=UTF-8";
            case Body.Html _ -> "text/html; charset=utf-8";
        };
    }

    /** The body as JSON; a JSON null when it is HTML. */
    public JsonNode json() {
        return switch (body) {
            case Body.Json(var node) -> node;
            case Body.Html _ -> Json.NODES.nullNode();
        };
    }
}
