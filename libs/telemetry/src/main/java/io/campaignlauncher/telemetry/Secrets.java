package io.campaignlauncher.telemetry;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blots secrets out of texts that are shown, logged or published, by what they stand behind or look like. Blots rather too much. */
public final class Secrets {

    private static final String VALUE = "[^\\s\"'&<>]+";

    private static final List<Pattern> PATTERNS = List.of(
            // Named ones, in addresses, in JSON and in plain text.
            Pattern.compile(
                    "(?i)((?:(?:access|input|exchange)_?token|client_secret|appsecret_proof|authorization|password|secret)"
                            + "\\w*[\"']?\\s*(?:[=:]|%3D)\\s*[\"']?)(?:bearer\\s+)?" + VALUE),
            Pattern.compile("(?i)(\\bbearer\\s+)" + VALUE),
            // The password in an address.
            Pattern.compile("(://[^/@\\s:]*:)[^@\\s/]+(?=@)"),
            // A token of Facebook.
            Pattern.compile("()\\bEAA[0-9A-Za-z]{10,}"),
            // The secret of a webhook, as Standard Webhooks has it.
            Pattern.compile("()\\bwhsec_[0-9A-Za-z+/=]{10,}"));

    private Secrets() {}

    /** @param sign what stands in the place of a secret */
    public static String blottedOut(String text, String sign) {
        var blotted = text;
        for (var pattern : PATTERNS) {
            blotted = pattern.matcher(blotted).replaceAll(
                    match -> Matcher.quoteReplacement(Objects.requireNonNullElse(match.group(1), "") + sign));
        }
        return blotted;
    }
}
