package io.campaignlauncher.graph;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which parameters a caller may give an operation. Every Graph endpoint takes, beside the fields of its object, parameters that
 * make another call of it: a create with {@code method=delete} deletes, one with {@code batch} does whatever stands in there.
 * Only the client itself may use those, so that a caller's free text can never become a call.
 */
public final class GraphParameters {

    static final String EXECUTION_OPTIONS = "execution_options";
    /** The one call that may be made another one: of a creation a check. */
    static final String VALIDATE_ONLY = "[\"validate_only\"]";

    /** In small letters, as PHP-like servers have been seen to take any. */
    private static final Set<String> CONTROL = Set.of("access_token", "appsecret_proof", "asyncbatch", "attached_files",
            "batch", "batch_app_id", "callback", "date_format", "debug", "depends_on", "format", "headers", "id", "ids",
            "include_headers", "method", "method_override", "migrations_override", "omit_response_on_success", "pretty",
            "relative_url", "return_ssl_resources", "sdk", "suppress_http_code", "version",
            // A second parent, or no create at all.
            "adset_spec", "campaign_spec", GraphParameters.EXECUTION_OPTIONS);
    /** Whatever else a server might read a name out of: {@code batch[0]}, {@code a&b}, a blank before it. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    private GraphParameters() {}

    /** What is wrong with a parameter of this name; null where it may be given. */
    public static @Nullable String mistake(String name) {
        if (!NAME.matcher(name).matches()) {
            return "is no name of a Graph field";
        }
        return CONTROL.contains(name.toLowerCase(Locale.ROOT)) ? "would control the call" : null;
    }

    /** @throws IllegalArgumentException where a parameter, or a query in the path, could make another call of it; nothing is sent */
    static void check(String path, Map<String, String> parameters) {
        if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
            throw new IllegalArgumentException("the path of a Graph operation has a query of its own");
        }
        for (var name : parameters.keySet()) {
            var mistake = mistake(name);
            boolean checksOnly = name.equals(EXECUTION_OPTIONS) && VALIDATE_ONLY.equals(parameters.get(name));
            if (mistake != null && !checksOnly) {
                throw new IllegalArgumentException("the parameter "
                        + (NAME.matcher(name).matches() ? name : "of " + name.length() + " characters") + " "
                        + mistake);
            }
        }
    }
}
