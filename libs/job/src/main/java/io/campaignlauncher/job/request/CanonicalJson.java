package io.campaignlauncher.job.request;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** One text for one JSON value: keys sorted, no white space, numbers as exact as they were. */
public final class CanonicalJson {

    /** Also reads: no field is there twice, nothing follows the end, and numbers are as exact as they were. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    /** What a JSON null is in this form: of a field that says so nothing is left. */
    static final String NULL = "null";
    /** Stands for a text that is no JSON: it is none either, so that {@code RequestRules} refuses it. */
    private static final String NOT_JSON = "?";

    private CanonicalJson() {}

    public static String of(JsonNode value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Whether the text is JSON with a number that no request {@linkplain JsonNumbers may hold}. */
    static boolean holdsNumberBeyondBounds(String text) {
        try (var parser = MAPPER.createParser(text)) {
            return JsonNumbers.firstBeyond(parser).isPresent();
        } catch (JacksonException e) {
            return false;
        }
    }

    /** The canonical form of a text; blank stays blank, and {@code ?} (which no field of a request may be) for what is no JSON. */
    public static String of(String text) {
        if (text.isBlank()) {
            return "";
        }
        try {
            return of(MAPPER.readTree(text));
        } catch (JacksonException e) {
            return NOT_JSON;
        }
    }
}
