package io.campaignlauncher.graph;

import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.telemetry.Secrets;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What a person reads about an error: for users, for developers, the fields to blame, the codes; never a token. */
final class ErrorText {

    static final int LENGTH_MAX = 1000;

    private static final String HIDDEN = "•••";

    private ErrorText() {}

    static String of(JsonNode error, @Nullable Integer code, @Nullable Integer subcode, AccessToken token) {
        var parts = new ArrayList<String>();
        for (var field : List.of("error_user_title", "error_user_msg", "message")) {
            var text = error.path(field).asString("").strip();
            if (!text.isEmpty() && !parts.contains(text)) {
                parts.add(text);
            }
        }
        var blamed = blamed(error.path("error_data"));
        if (!blamed.isEmpty()) {
            parts.add("fields: " + blamed);
        }
        // The codes stand last and must survive the cut.
        var codes = " (code " + Objects.toString(code, "none") + (subcode == null ? "" : ", subcode " + subcode) + ")";
        return fit(String.join(" | ", parts), LENGTH_MAX - codes.length(), token) + codes;
    }

    static String fit(@Nullable String text, AccessToken token) {
        return fit(text == null ? "" : text, LENGTH_MAX, token);
    }

    private static String fit(String text, int lengthMax, AccessToken token) {
        var clean = withoutSecrets(text.replace(token.value(), HIDDEN)
                .replace(URLEncoder.encode(token.value(), StandardCharsets.US_ASCII), HIDDEN));
        return PlainText.cut(PlainText.oneLine(clean), lengthMax);
    }

    /** Also for texts of which the token is not known, such as the addresses of further pages. */
    static String withoutSecrets(String text) {
        return Secrets.blottedOut(text, HIDDEN);
    }

    /** {@code blame_field_specs} is a list of paths. */
    private static String blamed(JsonNode errorData) {
        return data(errorData).path("blame_field_specs").values().stream()
                .map(path -> path.isArray()
                        ? path.values().stream().map(step -> step.asString("")).collect(Collectors.joining("."))
                        : path.asString(""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /**
     * What {@code error_data} says, which arrives as JSON or as a text that holds JSON; missing where it is neither.
     */
    static JsonNode data(JsonNode errorData) {
        try {
            return errorData.isString() ? Json.MAPPER.readTree(errorData.stringValue()) : errorData;
        } catch (JacksonException _) {
            return MissingNode.getInstance(); // free text, not JSON
        }
    }
}
