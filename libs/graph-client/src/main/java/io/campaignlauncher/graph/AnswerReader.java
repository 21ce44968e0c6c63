package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphResult.Failure;
import io.campaignlauncher.graph.GraphResult.Success;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Tells yes from no in the answer to one operation, alone or in a batch. A yes is an HTTP status of 200 to 299 with JSON that is no
 * error: Facebook also wraps errors in a 200, and sends pages of HTML or plain text where JSON was due.
 */
record AnswerReader(boolean isWrite, GraphUsage usage, AccessToken token) {

    /**
     * @param content is read to its end and closed
     * @return a missing node where it is not one JSON value
     */
    static JsonNode parse(JsonParser content) {
        try (content) {
            var body = Json.MAPPER.readTree(content);
            return body != null && content.nextToken() == null ? body : MissingNode.getInstance();
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }

    GraphResult read(int httpStatus, JsonNode body) {
        var error = body.path("error");
        if (error.isObject()) {
            return new Failure(ErrorClassifier.refused(error, httpStatus, isWrite, usage, token));
        }
        var isYes = httpStatus >= 200
                && httpStatus < 300
                && error.isMissingNode()
                && (body.isContainer() || body.isBoolean());
        if (!isYes) {
            return unreadable(httpStatus, "an answer that is neither a result nor an error");
        }
        hideTokens(body);
        return new Success(body);
    }

    GraphResult unreadable(int httpStatus, String what) {
        return new Failure(ErrorClassifier.unreadable(what, httpStatus, isWrite));
    }

    /** The addresses of further pages carry the token; they are not needed, and results get printed and kept. */
    private static void hideTokens(JsonNode node) {
        if (node.path("paging") instanceof ObjectNode paging) {
            paging.properties().forEach(property -> {
                if (property.getValue() instanceof StringNode address) {
                    property.setValue(StringNode.valueOf(ErrorText.withoutSecrets(address.stringValue())));
                }
            });
        }
        for (var child : node) {
            if (child.isContainer()) {
                hideTokens(child);
            }
        }
    }
}
