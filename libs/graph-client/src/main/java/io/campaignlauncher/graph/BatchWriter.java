package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphOperation.Method;
import io.netty.handler.codec.http.QueryStringEncoder;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes operations as the {@code batch} parameter wants them. References stay as they are in paths, encoded in parameters. */
final class BatchWriter {

    private static final int OPERATION_CHARACTERS = 512;

    private BatchWriter() {}

    static Map<String, String> parameters(List<GraphOperation> operations) {
        var text = new StringWriter(operations.size() * OPERATION_CHARACTERS);
        try (var json = Json.MAPPER.createGenerator(text)) {
            json.writeStartArray();
            operations.forEach(operation -> write(operation, json));
            json.writeEndArray();
        }
        return Map.of("batch", text.toString()); // with headers, as is the default: a limit may be told within an entry alone
    }

    private static void write(GraphOperation operation, JsonGenerator json) {
        var isForm = operation.method() == Method.POST;
        json.writeStartObject();
        json.writeStringProperty("method", operation.method().name());
        json.writeStringProperty("relative_url",
                isForm ? operation.path() : encode(operation.path(), operation.parameters()));
        if (isForm && !operation.parameters().isEmpty()) {
            json.writeStringProperty("body", encode("", operation.parameters()).substring(1));
        }
        if (operation.name() != null) {
            json.writeStringProperty("name", operation.name());
            json.writeBooleanProperty("omit_response_on_success", false); // else the answer others refer to is null
        }
        json.writeEndObject();
    }

    private static String encode(String path, Map<String, String> parameters) {
        var encoder = new QueryStringEncoder(path);
        parameters.forEach(encoder::addParam);
        return encoder.toString();
    }
}
