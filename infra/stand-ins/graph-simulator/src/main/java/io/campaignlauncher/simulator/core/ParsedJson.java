package io.campaignlauncher.simulator.core;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * JSON texts and what they mean. The same targeting arrives fifty times a launch, so the latest texts are kept, and equal
 * ones share one tree: whoever changes a tree copies it first. So do equal fields of objects.
 */
final class ParsedJson {

    private static final int KEPT_MAX = 512;
    private static final int TEXT_MAX = 32_768;

    private final Map<String, JsonNode> kept = new Latest<>(KEPT_MAX);
    private final Map<Map<String, JsonNode>, Map<String, JsonNode>> fields = new Latest<>(KEPT_MAX);

    JsonNode parse(String parameter, String text) {
        var known = kept.get(text);
        if (known != null) {
            return known;
        }
        JsonNode parsed;
        try {
            parsed = Json.read(text);
        } catch (JacksonException e) {
            throw GraphRefusal.invalid("Param " + parameter + " must be valid JSON").blaming(parameter);
        }
        if (text.length() <= TEXT_MAX) {
            kept.put(text, parsed);
        }
        return parsed;
    }

    /** An immutable map that equals this one. */
    Map<String, JsonNode> shared(Map<String, JsonNode> map) {
        var known = fields.get(map);
        if (known == null) {
            known = Map.copyOf(map);
            fields.put(known, known);
        }
        return known;
    }
}
