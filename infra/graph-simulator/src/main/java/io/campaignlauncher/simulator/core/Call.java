package io.campaignlauncher.simulator.core;

import java.util.List;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation, alone or out of a batch: what is asked of which node or edge.
 *
 * @param node first part of the path without version; empty for a multi-get
 * @param edge second part; empty for the node itself
 */
record Call(OperationKind kind, String method, String node, String edge, Map<String, String> parameters,
        Map<String, SimRequest.Upload> files, @Nullable String token, String origin) {

    static Call of(SimRequest request) {
        return of(request.method(), request.path(), request.parameters(), request.files(), request.token(),
                request.origin());
    }

    static Call of(String method, String path, Map<String, String> parameters, Map<String, SimRequest.Upload> files,
            @Nullable String token, String origin) {
        var parts = parts(path);
        var node = parts.isEmpty() ? "" : parts.get(0);
        var edge = parts.size() < 2 ? "" : parts.get(1);
        var override = "POST".equals(method) ? parameters.getOrDefault("method", "") : "";
        var meant = "delete".equalsIgnoreCase(override) ? "DELETE" : "get".equalsIgnoreCase(override) ? "GET" : method;
        return new Call(kind(meant, node, edge), meant, node, edge, parameters, files, token, origin);
    }

    /** The account whose node or edge this is; null for other nodes. */
    @Nullable
    String accountDigits() {
        return node.startsWith("act_") ? node.substring(4) : null;
    }

    /** The object that is named by its id; 0 where none is. */
    long objectNumber() {
        return Ids.number(node);
    }

    private static OperationKind kind(String method, String node, String edge) {
        if ("DELETE".equals(method)) {
            return OperationKind.DELETE;
        }
        if ("GET".equals(method)) {
            return node.equals("me") || node.equals("debug_token") ? OperationKind.READ_OTHER
                    : edge.isEmpty() ? OperationKind.READ_NODE : OperationKind.READ_EDGE;
        }
        return switch (edge) {
            case "campaigns" -> OperationKind.CREATE_CAMPAIGN;
            case "adsets" -> OperationKind.CREATE_AD_SET;
            case "ads" -> OperationKind.CREATE_AD;
            case "adcreatives" -> OperationKind.CREATE_CREATIVE;
            case "adimages" -> OperationKind.CREATE_IMAGE;
            case "adlabels" -> node.startsWith("act_") ? OperationKind.CREATE_LABEL : OperationKind.UPDATE;
            case "copies" -> OperationKind.COPY;
            default -> OperationKind.UPDATE;
        };
    }

    /** Path parts without empty ones and without the version. */
    private static List<String> parts(String path) {
        var parts = new ArrayList<String>(3);
        int position = 0;
        while (position < path.length() && parts.size() < 3) {
            int end = path.indexOf('/', position);
            if (end < 0) {
                end = path.length();
            }
            if (end > position) {
                var part = path.substring(position, end);
                if (!parts.isEmpty() || !isVersion(part)) {
                    parts.add(part);
                }
            }
            position = end + 1;
        }
        return parts;
    }

    private static boolean isVersion(String part) {
        return part.length() > 3 && part.charAt(0) == 'v' && Character.isDigit(part.charAt(1)) && part.indexOf('.') > 1;
    }
}
