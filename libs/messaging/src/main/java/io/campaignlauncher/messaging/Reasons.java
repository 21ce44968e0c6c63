package io.campaignlauncher.messaging;

import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.telemetry.Secrets;
import java.util.regex.Pattern;

/** Tells why something failed in one line of at most 1,000 characters, with whatever looks like a secret blotted out. */
public final class Reasons {

    static final int LENGTH_MAX = 1_000;

    private static final int CAUSES_MAX = 5;
    private static final String HIDDEN = "***";
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
        return PlainText.cut(Secrets.blottedOut(line, HIDDEN), LENGTH_MAX);
    }
}
