package io.campaignlauncher.simulator.core;

import tools.jackson.databind.JsonNode;

/** What one operation answers: a status and JSON, or nothing at all (null in a batch). */
record OperationReply(int status, JsonNode body, boolean isNull) {

    static OperationReply of(JsonNode body) {
        return new OperationReply(200, body, false);
    }

    static OperationReply nothing() {
        return new OperationReply(200, Json.NODES.nullNode(), true);
    }
}
