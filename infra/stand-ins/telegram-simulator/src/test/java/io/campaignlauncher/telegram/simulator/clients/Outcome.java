package io.campaignlauncher.telegram.simulator.clients;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client made of an answer.
 *
 * @param code   of the error; 200: there is none
 * @param result as the client's own objects have it
 */
record Outcome(int code, String description, @Nullable Integer retryAfter, JsonNode result) {

    int id() {
        return result.path("message_id").asInt(0);
    }

    String text(String field) {
        return result.path(field).asString("");
    }
}
