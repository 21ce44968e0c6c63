package io.campaignlauncher.frontdoor;

import java.util.List;
import java.util.regex.Pattern;

/** The media types of JSON, as RFC 9110 writes a content type and RFC 8259 says what JSON is written in. */
final class JsonType {

    private static final String TOKEN = "[!#$%&'+.^_`|~0-9A-Za-z-]+";
    private static final String PARAMETER = "(" + TOKEN + ")=(" + TOKEN
            + "|\"(?:[\\t \\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\\t\\x20-\\x7e])*\")";
    private static final Pattern TYPE = Pattern.compile(
            "(?:application/json|" + TOKEN + "/" + TOKEN + "\\+json)((?:[ \\t]*;[ \\t]*(?:" + PARAMETER + ")?)*)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern EACH_PARAMETER = Pattern.compile(PARAMETER);

    private JsonType() {}

    /** @param contentTypes the values of the header */
    static boolean isNamedBy(List<String> contentTypes) {
        if (contentTypes.size() != 1) {
            return false;
        }
        var type = TYPE.matcher(contentTypes.getFirst().strip());
        return type.matches() && EACH_PARAMETER.matcher(type.group(1)).results()
                .filter(parameter -> parameter.group(1).equalsIgnoreCase("charset"))
                .allMatch(charset -> charset.group(2).replace("\"", "").equalsIgnoreCase("utf-8"));
    }
}
