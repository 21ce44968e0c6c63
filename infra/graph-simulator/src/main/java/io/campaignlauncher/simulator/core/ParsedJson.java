package io.campaignlauncher.simulator.core;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * JSON texts and what they mean. The same targeting arrives fifty times a launch, so the latest texts are kept, and equal
 * ones share one tree: whoever changes a tree copies it first.
 */
final class ParsedJson {

    private static final int KEPT_MAX = 512;
    private static final int TEXT_MAX = 32_768;

    private final Map<String, JsonNode> kept = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JsonNode> eldest) {
            return size() > KEPT_MAX;
        }
    };

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
}
