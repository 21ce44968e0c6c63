package io.campaignlauncher.job.http;

import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.schemas.TargetKeys;
import java.util.List;
import java.util.regex.Pattern;

/** The header {@code Idempotency-Key}: as it is, or as the IETF's draft writes it, a string of RFC 9651 in quotes. Both name one job. */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern STRING = Pattern.compile("\"((?:[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\])*)\"");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private IdempotencyKey() {}

    /**
     * @param values of the header
     * @param found  where mistakes are noted that the rules about requests cannot know of
     * @return empty where there is none
     */
    static String of(List<String> values, List<Violation> found) {
        var key = read(values, found);
        if (TargetKeys.isReserved(key)) {
            found.add(new Violation(HEADER, TargetKeys.RESERVED));
        }
        return key;
    }

    private static String read(List<String> values, List<Violation> found) {
        if (values.size() > 1) {
            found.add(new Violation(HEADER, "may be given only once"));
        }
        if (values.size() != 1 || !values.getFirst().startsWith("\"")) {
            return values.size() == 1 ? values.getFirst() : "";
        }
        var string = STRING.matcher(values.getFirst());
        if (!string.matches()) {
            found.add(new Violation(HEADER,
                    "begins with a quote, so it must be one string in quotes, with \\\" and \\\\ for quote and backslash"));
            return "";
        }
        return ESCAPE.matcher(string.group(1)).replaceAll("$1");
    }
}
