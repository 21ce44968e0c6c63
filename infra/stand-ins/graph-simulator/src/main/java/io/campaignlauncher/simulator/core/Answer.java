package io.campaignlauncher.simulator.core;

import tools.jackson.databind.JsonNode;

/** What one operation answers: a status and JSON, or nothing at all (null in a batch). */
record Answer(int status, JsonNode body, boolean isNull) {

    static Answer of(JsonNode body) {
        return new Answer(200, body, false);
    }

    static Answer nothing() {
        return new Answer(200, Json.NODES.nullNode(), true);
    }
}
