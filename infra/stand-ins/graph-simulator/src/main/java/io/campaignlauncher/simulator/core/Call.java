package io.campaignlauncher.simulator.core;

import io.campaignlauncher.standin.RequestParts.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation, alone or out of a batch: what is asked of which node or edge.
 *
 * @param node first part of the path without version; empty for a multi-get
 * @param edge second part; empty for the node itself
 */
record Call(FaultTarget kind, String method, String node, String edge, Map<String, String> parameters,
        Map<String, Upload> files, @Nullable String token, String origin) {

    static Call of(SimRequest request) {
        return of(request.method(), request.path(), request.parameters(), request.files(), request.token(),
                request.origin());
    }

    static Call of(String method, String path, Map<String, String> parameters, Map<String, Upload> files,
            @Nullable String token, String origin) {
        var parts = parts(path);
        var node = parts.isEmpty() ? "" : parts.get(0);
        var edge = parts.size() < 2 ? "" : parts.get(1);
        var override = "POST".equals(method) ? parameters.getOrDefault("method", "") : "";
        var meant = "delete".equalsIgnoreCase(override) ? "DELETE" : "get".equalsIgnoreCase(override) ? "GET" : method;
        return new Call(kind(meant, node, edge, parameters), meant, node, edge, parameters, files, token, origin);
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

    private static FaultTarget kind(String method, String node, String edge, Map<String, String> parameters) {
        if ("DELETE".equals(method)) {
            return FaultTarget.DELETE;
        }
        if ("GET".equals(method)) {
            return node.equals("me") || node.equals("debug_token") ? FaultTarget.READ_OTHER
                    : edge.isEmpty() ? FaultTarget.READ_NODE : FaultTarget.READ_EDGE;
        }
        return switch (edge) {
            case "campaigns" -> FaultTarget.CREATE_CAMPAIGN;
            case "adsets" -> FaultTarget.CREATE_AD_SET;
            case "ads" -> FaultTarget.CREATE_AD;
            case "adcreatives" -> FaultTarget.CREATE_CREATIVE;
            case "adimages" -> FaultTarget.CREATE_IMAGE;
            case "advideos" -> switch (parameters.getOrDefault("upload_phase", "")) {
                case "transfer" -> FaultTarget.TRANSFER_CHUNK;
                case "finish" -> FaultTarget.FINISH_VIDEO;
                case "cancel" -> FaultTarget.DELETE;
                default -> FaultTarget.CREATE_VIDEO;
            };
            case "adlabels" -> node.startsWith("act_") ? FaultTarget.CREATE_LABEL : FaultTarget.UPDATE;
            case "copies" -> FaultTarget.COPY;
            default -> FaultTarget.UPDATE;
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
