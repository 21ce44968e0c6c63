package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphResult.Failure;
import io.campaignlauncher.sendonce.HttpAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads the answer to a batch: a list with one element for each operation, in order, whose {@code body} is JSON in a string, and whose
 * {@code headers} tell of limits as those around the whole answer do, or in their stead. The body is read where it lies in the parser's
 * buffer, not copied. Anything but such a list says nothing about any operation.
 */
record BatchResponseParser(List<GraphOperation> operations, AccessToken token) implements ResponseParser {

    /** An element without a readable {@code code}. */
    private static final int NO_STATUS = 0;

    @Override
    public List<GraphResult> failed(Fault fault) {
        return forEach(operation -> new Failure(fault.error(operation.isWrite())));
    }

    @Override
    public GraphBatchAnswer read(HttpAnswer response) {
        var headers = new UsageHeaders(token.adAccountId());
        var around = headers.of(response.headers());
        if (response.status() >= 200 && response.status() < 300) {
            try (var answer = Json.MAPPER.createParser(response.body())) {
                if (answer.nextToken() == JsonToken.START_ARRAY) {
                    return new Elements(headers, around).read(answer, response.status());
                }
            } catch (JacksonException _) {
                return unreadable("a batch answer that is not JSON", response.status(), around);
            }
        }
        return refusedWhole(response, around);
    }

    private GraphBatchAnswer refusedWhole(HttpAnswer response, GraphUsage usage) {
        var body = AnswerReader.parse(Json.MAPPER.createParser(response.body()));
        return body.path("error").isObject()
                ? new GraphBatchAnswer(forEach(operation -> new AnswerReader(operation.isWrite(), usage, token)
                        .read(response.status(), body)), usage)
                : unreadable("a batch answer that is no list", response.status(), usage);
    }

    private GraphBatchAnswer unreadable(String what, int status, GraphUsage usage) {
        return new GraphBatchAnswer(failed(isWrite -> ErrorClassifier.unreadable(what, status, isWrite)), usage);
    }

    private List<GraphResult> forEach(Function<GraphOperation, GraphResult> result) {
        return operations.stream().map(result).toList();
    }

    /** The elements of one answer, one after the other. */
    private final class Elements {

        private final UsageHeaders headers;
        private final GraphUsage around;
        private GraphUsage all;

        Elements(UsageHeaders headers, GraphUsage around) {
            this.headers = headers;
            this.around = around;
            this.all = around;
        }

        GraphBatchAnswer read(JsonParser answer, int status) {
            var results = new ArrayList<GraphResult>(operations.size());
            while (answer.nextToken() != JsonToken.END_ARRAY) {
                if (results.size() == operations.size()) {
                    return unreadable("a batch answer that is too long", status, all);
                }
                results.add(element(operations.get(results.size()).isWrite(), answer));
            }
            return results.size() == operations.size()
                    ? new GraphBatchAnswer(results, all)
                    : unreadable("a batch answer that is too short", status, all);
        }

        private GraphResult element(boolean isWrite, JsonParser answer) {
            if (answer.currentToken() != JsonToken.START_OBJECT) {
                answer.skipChildren();
                return new AnswerReader(isWrite, around, token).unreadable(NO_STATUS,
                        "not answered within the batch");
            }
            var status = NO_STATUS;
            var usage = around;
            JsonNode body = MissingNode.getInstance();
            while (answer.nextToken() != JsonToken.END_OBJECT) {
                var name = answer.currentName();
                answer.nextToken();
                switch (name) {
                    case "code" -> status = answer.getValueAsInt(NO_STATUS);
                    case "headers" -> usage = usage.and(usage(answer));
                    case "body" -> body = body(answer);
                    default -> answer.skipChildren();
                }
            }
            all = all.and(usage);
            return new AnswerReader(isWrite, usage, token).read(status, body);
        }

        /** A list of objects with {@code name} and {@code value}; anything else says nothing. */
        private GraphUsage usage(JsonParser answer) {
            var usage = GraphUsage.NONE;
            if (answer.currentToken() != JsonToken.START_ARRAY) {
                answer.skipChildren();
                return usage;
            }
            while (answer.nextToken() != JsonToken.END_ARRAY) {
                if (answer.currentToken() == JsonToken.START_OBJECT) {
                    usage = usage.and(header(answer));
                } else {
                    answer.skipChildren();
                }
            }
            return usage;
        }

        private GraphUsage header(JsonParser answer) {
            var name = "";
            var value = "";
            while (answer.nextToken() != JsonToken.END_OBJECT) {
                var field = answer.currentName();
                if (answer.nextToken() != JsonToken.VALUE_STRING) {
                    answer.skipChildren();
                } else if ("name".equals(field)) {
                    name = answer.getString();
                } else if ("value".equals(field)) {
                    value = answer.getString();
                }
            }
            return headers.of(name, value);
        }

        private static JsonNode body(JsonParser answer) {
            return answer.currentToken() == JsonToken.VALUE_STRING
                    ? AnswerReader.parse(Json.MAPPER.createParser(answer.getStringCharacters(),
                            answer.getStringOffset(), answer.getStringLength()))
                    : Json.MAPPER.readTree(answer);
        }
    }
}
