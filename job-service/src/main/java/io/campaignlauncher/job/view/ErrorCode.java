package io.campaignlauncher.job.view;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Facebook calls an error: a code, and often a subcode. @param subcode null: whichever */
public record ErrorCode(int code, @Nullable Integer subcode) {

    private static final Pattern FORM = Pattern.compile("(-?\\d{1,9})(?:/(\\d{1,9}))?");

    /** @param text {@code code} or {@code code/subcode} */
    public static Optional<ErrorCode> of(String text) {
        var form = FORM.matcher(text);
        return form.matches() ? Optional.of(new ErrorCode(Integer.parseInt(form.group(1)),
                form.group(2) == null ? null : Integer.valueOf(form.group(2)))) : Optional.empty();
    }

    /** As an entry of an error history has it, among other fields. */
    String json() {
        return "{\"code\":" + code + (subcode == null ? "" : ",\"subcode\":" + subcode) + "}";
    }

    boolean isIn(JsonNode entry) {
        return is(entry.path("code"), code) && (subcode == null || is(entry.path("subcode"), subcode));
    }

    private static boolean is(JsonNode field, int number) {
        return field.isIntegralNumber() && field.asLong() == number;
    }
}
