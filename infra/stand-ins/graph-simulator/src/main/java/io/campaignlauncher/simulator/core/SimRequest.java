package io.campaignlauncher.simulator.core;

import io.campaignlauncher.standin.RequestParts.Upload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP call, already parsed.
 *
 * @param method     GET, POST or DELETE
 * @param path       with or without version and leading slashes, without a query
 * @param parameters of query and body together
 * @param files      by part name
 * @param token      from the Authorization header or the parameters
 * @param origin     what the address of a next page begins with, e.g. {@code http://127.0.0.1:8080}
 */
public record SimRequest(String method, String path, Map<String, String> parameters, Map<String, Upload> files,
        @Nullable String token, String origin) {

    static final String ASYNC_BATCH = "asyncbatch";

    private static final String NOWHERE = "http://simulator";

    public SimRequest {
        if (token == null) {
            token = parameters.get("access_token");
        }
    }

    public static SimRequest get(String token, String path, Map<String, String> parameters) {
        return new SimRequest("GET", path, parameters, Map.of(), token, NOWHERE);
    }

    public static SimRequest post(String token, String path, Map<String, String> parameters) {
        return new SimRequest("POST", path, parameters, Map.of(), token, NOWHERE);
    }

    public static SimRequest delete(String token, String path) {
        return new SimRequest("DELETE", path, Map.of(), Map.of(), token, NOWHERE);
    }

    /** A batch; the operations are a JSON array as the API takes it. */
    public static SimRequest batch(String token, String operations) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("batch", operations);
        parameters.put("include_headers", "false");
        return post(token, "/", parameters);
    }

    boolean isBatch() {
        return "POST".equals(method) && (parameters.containsKey("batch") || isAsyncBatch());
    }

    boolean isAsyncBatch() {
        return "POST".equals(method) && parameters.containsKey(ASYNC_BATCH);
    }

    /** Without token and parameters, which may hold one. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
