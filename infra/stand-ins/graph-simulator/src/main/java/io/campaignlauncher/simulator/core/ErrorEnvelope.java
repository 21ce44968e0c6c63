package io.campaignlauncher.simulator.core;

import tools.jackson.databind.node.ObjectNode;

/** Writes a refusal as the Graph API does; {@code error_data} is an object in one answer and a JSON string in the next. */
final class ErrorEnvelope {

    private final Ids ids;

    ErrorEnvelope(Ids ids) {
        this.ids = ids;
    }

    OperationReply answer(GraphRefusal refusal) {
        return new OperationReply(refusal.status, body(refusal), false);
    }

    ObjectNode body(GraphRefusal refusal) {
        long trace = ids.nextTrace();
        var error = Json.object();
        error.put("message", refusal.getMessage());
        error.put("type", refusal.type);
        error.put("code", refusal.code);
        if (refusal.data != null) {
            error.set("error_data", refusal.data);
        } else if (!refusal.blamed.isEmpty()) {
            var data = Json.object();
            var paths = data.putArray("blame_field_specs");
            refusal.blamed.forEach(field -> paths.addArray().add(field));
            if (trace % 2 == 0) {
                error.set("error_data", data);
            } else {
                error.put("error_data", Json.write(data));
            }
        }
        if (refusal.subcode != null) {
            error.put("error_subcode", refusal.subcode);
        }
        if (refusal.subcode != null || refusal.isTransient) {
            error.put("is_transient", refusal.isTransient);
        }
        if (refusal.userTitle != null) {
            error.put("error_user_title", refusal.userTitle);
            error.put("error_user_msg", refusal.userMessage);
        }
        error.put("fbtrace_id", trace(trace));
        var body = Json.object();
        body.set("error", error);
        return body;
    }

    private static String trace(long number) {
        var digits = Long.toString(number, 36);
        return "Asim" + "0".repeat(Math.max(0, 11 - digits.length())) + digits;
    }
}
