package io.campaignlauncher.job.messages;

import io.campaignlauncher.job.model.Origin;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The names under which an event's origin is stored beside it. */
public final class StoredMetaData {

    public static final String CORRELATION_ID = "correlationId";
    public static final String CAUSATION_ID = "causationId";
    public static final String TRACEPARENT = "traceparent";

    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    private StoredMetaData() {}

    /** What an origin says of itself. */
    public static Map<String, String> of(Origin origin) {
        var values = new HashMap<String, String>();
        put(values, CORRELATION_ID, origin.correlationId());
        put(values, CAUSATION_ID, origin.causationId());
        put(values, TRACEPARENT, origin.traceparent());
        return values;
    }

    private static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    /** What a row has beside its event; nothing where it has nothing. */
    public static Map<String, String> read(byte @Nullable [] json) {
        return json == null || json.length == 0 ? Map.of() : JsonMapper.shared().readValue(json, STRINGS);
    }
}
