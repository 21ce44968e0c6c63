package io.campaignlauncher.simulator.core;

import io.campaignlauncher.standin.RequestParts.Upload;
import io.campaignlauncher.standin.UrlEncoded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One element of the parameter {@code batch}, decoded but with its references still in it. */
record BatchOperation(String method, String path, Map<String, String> parameters, Map<String, Upload> files,
        @Nullable String name, List<String> dependsOn, boolean mayOmit, boolean isAbsolute,
        @Nullable String ifNoneMatch) {

    static BatchOperation of(JsonNode node, Map<String, Upload> uploads) {
        var method = node.path("method").asString("GET").toUpperCase(Locale.ROOT);
        var address = node.path("relative_url").asString("");
        var parameters = new LinkedHashMap<String, String>();
        int question = address.indexOf('?');
        if (question >= 0) {
            UrlEncoded.decodeInto(parameters, address.substring(question + 1));
        }
        var body = node.path("body").asString("");
        if (!body.isEmpty() && !"GET".equals(method)) {
            UrlEncoded.decodeInto(parameters, body);
        }
        var path = question < 0 ? address : address.substring(0, question);
        if (path.indexOf('%') >= 0) {
            path = UrlEncoded.component(path, 0, path.length());
        }
        var name = node.path("name").asString("");
        return new BatchOperation("PUT".equals(method) ? "POST" : method, path, parameters, files(node.path(
                "attached_files"), uploads), name.isEmpty() ? null : name, dependencies(node, path, parameters),
                node.path(
                        "omit_response_on_success").asBoolean(true),
                address.startsWith("http://") || address.startsWith(
                        "https://"),
                ifNoneMatch(node.path("headers")));
    }

    /** Headers are texts like {@code Name: value} or objects with name and value. */
    private static @Nullable String ifNoneMatch(JsonNode headers) {
        for (var each : headers) {
            var text = each.isObject() ? each.path("name").asString("") + ":" + each.path("value").asString("")
                    : each.asString("");
            int colon = text.indexOf(':');
            if (colon > 0 && text.substring(0, colon).trim().equalsIgnoreCase("If-None-Match")) {
                return text.substring(colon + 1).trim();
            }
        }
        return null;
    }

    private static List<String> dependencies(JsonNode node, String path, Map<String, String> parameters) {
        List<String> names = new ArrayList<>(1);
        var explicit = node.path("depends_on").asString("");
        if (!explicit.isEmpty()) {
            names.add(explicit);
        }
        if (References.hasAny(path)) {
            names.addAll(References.names(path));
        }
        for (var value : parameters.values()) {
            if (References.hasAny(value)) {
                names.addAll(References.names(value));
            }
        }
        return names;
    }

    /** Files are named by a comma-separated list of parts, or by an object from part to field name. */
    private static Map<String, Upload> files(JsonNode attached, Map<String, Upload> uploads) {
        if (uploads.isEmpty() || attached.isMissingNode() || attached.isNull()) {
            return Map.of();
        }
        var files = new LinkedHashMap<String, Upload>();
        if (attached.isObject()) {
            attached.properties().forEach(each -> {
                var upload = uploads.get(each.getKey());
                if (upload != null) {
                    files.put(each.getValue().asString(each.getKey()), upload);
                }
            });
        } else {
            for (var part : attached.asString("").split(",")) {
                var upload = uploads.get(part.trim());
                if (upload != null) {
                    files.put(part.trim(), upload);
                }
            }
        }
        return files;
    }

    Call call(@Nullable String batchToken, String origin, Map<String, JsonNode> results) {
        var resolvedPath = References.resolve(path, results);
        Map<String, String> resolved = parameters;
        if (!results.isEmpty() && !dependsOn.isEmpty()) {
            resolved = new LinkedHashMap<>(parameters);
            resolved.replaceAll((_, value) -> References.resolve(value, results));
        }
        var own = parameters.get("access_token");
        return Call.of(method, resolvedPath, resolved, files, own == null ? batchToken : own, origin);
    }
}
