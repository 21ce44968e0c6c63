package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphResult.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads the answer to a batch: a list with one element for each operation, in order, whose {@code body} is JSON in a string. The
 * string is read where it lies in the parser's buffer, not copied. Anything but such a list says nothing about any operation.
 */
record BatchAnswer(List<GraphOperation> operations, AccessToken token) implements Answers {

    /** An element without a readable {@code code}. */
    private static final int NO_STATUS = 0;

    @Override
    public List<GraphResult> failed(Fault fault) {
        return forEach(operation -> new Failure(fault.error(operation.isWrite())));
    }

    @Override
    public List<GraphResult> read(GraphResponse response, GraphUsage usage) {
        if (response.status() >= 200 && response.status() < 300) {
            try (var answer = Json.MAPPER.createParser(response.body())) {
                if (answer.nextToken() == JsonToken.START_ARRAY) {
                    return elements(answer, response.status(), usage);
                }
            } catch (JacksonException _) {
                return unreadable("a batch answer that is not JSON", response.status());
            }
        }
        return refusedWhole(response, usage);
    }

    private List<GraphResult> refusedWhole(GraphResponse response, GraphUsage usage) {
        var body = AnswerReader.parse(Json.MAPPER.createParser(response.body()));
        return body.path("error").isObject()
                ? forEach(operation -> reader(operation, usage).read(response.status(), body))
                : unreadable("a batch answer that is no list", response.status());
    }

    private List<GraphResult> elements(JsonParser answer, int status, GraphUsage usage) {
        var results = new ArrayList<GraphResult>(operations.size());
        while (answer.nextToken() != JsonToken.END_ARRAY) {
            if (results.size() == operations.size()) {
                return unreadable("a batch answer that is too long", status);
            }
            results.add(element(reader(operations.get(results.size()), usage), answer));
        }
        return results.size() == operations.size() ? results : unreadable("a batch answer that is too short", status);
    }

    private static GraphResult element(AnswerReader reader, JsonParser answer) {
        if (answer.currentToken() != JsonToken.START_OBJECT) {
            answer.skipChildren();
            return reader.unreadable(NO_STATUS, "not answered within the batch");
        }
        var status = NO_STATUS;
        JsonNode body = MissingNode.getInstance();
        while (answer.nextToken() != JsonToken.END_OBJECT) {
            var name = answer.currentName();
            answer.nextToken();
            switch (name) {
                case "code" -> status = answer.getValueAsInt(NO_STATUS);
                case "body" -> body = body(answer);
                default -> answer.skipChildren();
            }
        }
        return reader.read(status, body);
    }

    private static JsonNode body(JsonParser answer) {
        return answer.currentToken() == JsonToken.VALUE_STRING
                ? AnswerReader.parse(Json.MAPPER.createParser(answer.getStringCharacters(), answer.getStringOffset(),
                        answer.getStringLength()))
                : Json.MAPPER.readTree(answer);
    }

    private List<GraphResult> unreadable(String what, int status) {
        return failed(isWrite -> ErrorClassifier.unreadable(what, status, isWrite));
    }

    private List<GraphResult> forEach(Function<GraphOperation, GraphResult> result) {
        return operations.stream().map(result).toList();
    }

    private AnswerReader reader(GraphOperation operation, GraphUsage usage) {
        return new AnswerReader(operation.isWrite(), usage, token);
    }
}
