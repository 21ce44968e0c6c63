package io.campaignlauncher.messaging;

import io.campaignlauncher.telemetry.PlainText;
import java.util.regex.Pattern;

/** Tells why something failed in one line of at most 1,000 characters, with whatever looks like a secret blotted out. */
public final class Reasons {

    static final int LENGTH_MAX = 1_000;

    private static final int CAUSES_MAX = 5;
    private static final Pattern SECRET = Pattern.compile(
            "(?i)((?:access_?token|appsecret_proof|authorization|password|secret)\\w*\"?\\s*[=:]\\s*\"?)"
                    + "(?:bearer\\s+)?[^\\s\"&,;}\\]]+");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer\\s+)\\S+");
    private static final Pattern FACEBOOK_TOKEN = Pattern.compile("\\bEAA[A-Za-z0-9]{10,}");
    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*[\\r\\n]+\\s*");

    private Reasons() {}

    public static String of(Throwable failure) {
        var reason = new StringBuilder();
        var cause = failure;
        for (var depth = 0; cause != null && depth < CAUSES_MAX; depth++, cause = cause.getCause()) {
            var message = cause.getMessage();
            if (message != null && reason.indexOf(message) >= 0) {
                continue;
            }
            reason.append(reason.isEmpty() ? "" : ", because of ").append(cause.getClass().getSimpleName());
            if (message != null) {
                reason.append(": ").append(message);
            }
        }
        return cleaned(reason.toString());
    }

    static String cleaned(String text) {
        var line = PlainText.oneLine(LINE_BREAKS.matcher(text).replaceAll(" "));
        var blotted = SECRET.matcher(line).replaceAll("$1***");
        blotted = BEARER.matcher(blotted).replaceAll("$1***");
        blotted = FACEBOOK_TOKEN.matcher(blotted).replaceAll("***");
        return PlainText.cut(blotted, LENGTH_MAX);
    }
}
