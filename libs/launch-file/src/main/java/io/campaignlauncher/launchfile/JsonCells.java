package io.campaignlauncher.launchfile;

import io.campaignlauncher.job.request.JsonNumbers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON in a cell, of a list or of an object. An empty one says nothing. */
record JsonCells(boolean list) implements Kind {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** The same with its values as they come out of a cell, whoever made it. */
    static ObjectNode asRead(ObjectNode made) {
        return (ObjectNode) MAPPER.readTree(MAPPER.writeValueAsBytes(made));
    }

    @Override
    public Reading read(String text, Account account) {
        try (var parser = MAPPER.createParser(text)) {
            if (JsonNumbers.firstBeyond(parser).isPresent()) {
                return new Reading.Mistake("The cell " + JsonNumbers.RULE + ".");
            }
            var value = MAPPER.readTree(text);
            if (list ? value.isArray() : value.isObject()) {
                return value.isEmpty() ? Reading.NOTHING : new Reading.Value(value);
            }
        } catch (JacksonException e) {
            return mistake();
        }
        return mistake();
    }

    private Reading mistake() {
        return new Reading.Mistake("The cell must be JSON, " + (list ? "[ … ]" : "{ … }")
                + ". Copy it from an export of Ads Manager.");
    }

    @Override
    public @Nullable String write(JsonNode value, Account account) {
        return MAPPER.writeValueAsString(value);
    }
}
