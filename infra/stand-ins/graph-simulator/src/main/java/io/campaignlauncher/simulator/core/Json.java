package io.campaignlauncher.simulator.core;

import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON as Facebook reads it (keys may lack quotes, single quotes will do) and writes it. */
final class Json {

    static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    static final JsonMapper MAPPER = JsonMapper.builder().enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();

    private Json() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ArrayNode array() {
        return NODES.arrayNode();
    }

    static JsonNode text(String value) {
        return NODES.stringNode(value);
    }

    /** @throws JacksonException when it is not JSON */
    static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /** A value as the text of a parameter: itself, or as JSON. */
    static String parameter(JsonNode value) {
        return value.isValueNode() ? value.asString("") : write(value);
    }

    static ObjectNode success() {
        return object().put("success", true);
    }

    static ObjectNode id(String id) {
        return object().put("id", id);
    }

    static ObjectNode data(JsonNode... items) {
        var data = array();
        for (var item : items) {
            data.add(item);
        }
        var node = object();
        node.set("data", data);
        return node;
    }
}
