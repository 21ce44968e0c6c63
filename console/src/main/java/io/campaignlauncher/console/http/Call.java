package io.campaignlauncher.console.http;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/**
 * A request to another service.
 *
 * @param path      with names in braces
 * @param variables for them, in order
 * @param body      null: none
 */
record Call(HttpMethod method, String path, List<Object> variables, Map<String, String> query,
        Map<String, String> headers, @Nullable JsonNode body) {

    Call {
        variables = List.copyOf(variables);
    }

    static Call get(String path, Map<String, String> query, Object... variables) {
        return new Call(HttpMethod.GET, path, List.of(variables), query, Map.of(), null);
    }

    static Call of(HttpMethod method, String path, @Nullable JsonNode body, Object... variables) {
        return new Call(method, path, List.of(variables), Map.of(), Map.of(), body);
    }

    Call with(String header, String value) {
        var all = new HashMap<>(headers);
        all.put(header, value);
        return new Call(method, path, variables, query, all, body);
    }

    /** @param address whom it is made for; a service believes it of proxies that it trusts. Empty: not known */
    Call of(String address) {
        return address.isEmpty() ? this : with("x-forwarded-for", address);
    }

    Call asking(Map<String, String> more) {
        var all = new LinkedHashMap<>(query);
        all.putAll(more);
        return new Call(method, path, variables, all, headers, body);
    }

    /** Without what is in it. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
