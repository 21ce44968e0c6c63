package io.campaignlauncher.job.request;

import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;

/**
 * Which numbers JSON texts of a request may hold. A few characters can stand for a number that nothing can hold ({@code
 * 1e9999999999}) or that takes gigabytes to write out, so they are checked before anything makes a number of them.
 */
public final class JsonNumbers {

    private static final int DIGITS_MAX = 40;
    /** As far as a double reaches. */
    private static final int EXPONENT_MAX = 308;

    /** What {@link #firstBeyond} finds, as a message says it. */
    public static final String RULE = "may hold no number of more than " + DIGITS_MAX
            + " digits or with an exponent beyond " + EXPONENT_MAX;

    private JsonNumbers() {}

    /**
     * Where the first number is that is beyond the bounds; empty where there is none.
     *
     * @param parser at the beginning; it is read to its end, or up to that number
     * @throws tools.jackson.core.JacksonException where it is no JSON
     */
    public static Optional<JsonPointer> firstBeyond(JsonParser parser) {
        for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if ((token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT)
                    && isBeyond(parser.getString())) {
                return Optional.of(parser.streamReadContext().pathAsPointer());
            }
        }
        return Optional.empty();
    }

    private static boolean isBeyond(String number) {
        int e = Math.max(number.indexOf('e'), number.indexOf('E'));
        var digits = (e < 0 ? number : number.substring(0, e)).chars().filter(Character::isDigit).count();
        return digits > DIGITS_MAX || e >= 0 && isBeyondExponent(number.substring(e + 1));
    }

    private static boolean isBeyondExponent(String exponent) {
        int start = exponent.startsWith("+") || exponent.startsWith("-") ? 1 : 0;
        while (start < exponent.length() && exponent.charAt(start) == '0') {
            start++;
        }
        var digits = exponent.substring(start);
        return digits.length() > 3 || !digits.isEmpty() && Integer.parseInt(digits) > EXPONENT_MAX;
    }
}
