package io.campaignlauncher.job.messages;

import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.Ownership;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The names under which an event's origin is stored beside it, and whose job it is. */
public final class StoredMetaData {

    public static final String CORRELATION_ID = "correlationId";
    public static final String CAUSATION_ID = "causationId";
    public static final String TRACEPARENT = "traceparent";
    public static final String TENANT = "tenant";
    public static final String OWNER = "owner";
    /** The tenant or owner that is left out, as both are beside every event of a time when nobody was told apart. */
    public static final String LEFT_OUT = "local";

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

    /** Says beside an event whose job it is. */
    public static void put(Map<String, String> values, Ownership ownership) {
        put(values, TENANT, unlessLeftOut(ownership.tenant()));
        put(values, OWNER, unlessLeftOut(ownership.owner()));
    }

    /** Whose job it is. */
    public static Ownership ownership(Map<String, String> beside) {
        return new Ownership(beside.getOrDefault(TENANT, LEFT_OUT), beside.getOrDefault(OWNER, LEFT_OUT));
    }

    private static @Nullable String unlessLeftOut(String value) {
        return value.equals(LEFT_OUT) ? null : value;
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
