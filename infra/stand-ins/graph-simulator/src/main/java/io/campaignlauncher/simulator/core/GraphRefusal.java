package io.campaignlauncher.simulator.core;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A check that said no: everything an error envelope needs but its trace id. Has no stack trace, as nothing is broken. */
final class GraphRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    final int status;
    final int code;
    final @Nullable Integer subcode;
    final String type;
    transient @Nullable String userTitle;
    transient @Nullable String userMessage;
    transient List<String> blamed = List.of();
    boolean isTransient;
    /** What {@code error_data} is; null: the fields that are blamed. */
    transient @Nullable ObjectNode data;

    private GraphRefusal(int status, String type, int code, @Nullable Integer subcode, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.subcode = subcode;
    }

    static GraphRefusal of(int status, int code, @Nullable Integer subcode, String message) {
        return new GraphRefusal(status, "OAuthException", code, subcode, message);
    }

    static GraphRefusal invalid(String message) {
        return of(400, 100, null, "(#100) " + message);
    }

    /** Code 100 with a subcode; Facebook's own text for these is nearly always "Invalid parameter". */
    static GraphRefusal invalid(int subcode, String title, String userMessage) {
        return of(400, 100, subcode, "Invalid parameter").user(title, userMessage);
    }

    static GraphRefusal missing(String parameter) {
        return invalid("The parameter " + parameter + " is required").blaming(parameter);
    }

    static GraphRefusal noSuchObject(String method, String id) {
        return new GraphRefusal(400, "GraphMethodException", 100, 33, "Unsupported " + method.toLowerCase(
                java.util.Locale.ROOT) + " request. Object with ID '" + id
                + "' does not exist, cannot be loaded due to "
                + "missing permissions, or does not support this operation. Please read the Graph API documentation at "
                + "https://developers.facebook.com/docs/graph-api");
    }

    static GraphRefusal noSuchAlias(String alias) {
        return of(404, 803, null, "(#803) Some of the aliases you requested do not exist: " + alias);
    }

    static GraphRefusal serverError() {
        return of(500, 2, null, "Service temporarily unavailable").transientOne(true);
    }

    static GraphRefusal tooMuchData() {
        return of(500, 1, null, "Please reduce the amount of data you're asking for, then retry your request");
    }

    static GraphRefusal aborted() {
        return new GraphRefusal(500, "FacebookApiException", 960, null,
                "Request aborted. This could happen if a dependent request failed or the entire request timed out.");
    }

    static GraphRefusal tokenRefused(int subcode) {
        return of(400, 190, subcode, subcode == 463
                ? "Error validating access token: Session has expired."
                : "Error validating access token: The session is invalid because the user logged out.");
    }

    GraphRefusal user(String title, String text) {
        userTitle = title;
        userMessage = text;
        return this;
    }

    GraphRefusal blaming(String... fields) {
        blamed = List.of(fields);
        return this;
    }

    GraphRefusal with(ObjectNode errorData) {
        data = errorData;
        return this;
    }

    GraphRefusal transientOne(boolean value) {
        isTransient = value;
        return this;
    }
}
