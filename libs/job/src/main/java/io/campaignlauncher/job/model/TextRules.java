package io.campaignlauncher.job.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which characters a text may hold that somebody gives us. Refused is what does not come out on the other side as it went in, or
 * what shows another text than it holds: half a character (an unpaired surrogate) becomes a question mark in UTF-8, so that two texts
 * become one. Arabic and Hebrew need none of it: their own marks of direction stay allowed.
 */
public final class TextRules {

    private static final int REPLACEMENT = 0xFFFD;
    private static final Pattern PARAGRAPHS = Pattern.compile("[\\n\\r\\t]");
    private static final Pattern REFERENCE = Pattern.compile("\\{\\s*result\\s*=", Pattern.CASE_INSENSITIVE);

    private TextRules() {}

    /** What is wrong with a text of one line, such as a name, an id or a reason; null where nothing is. */
    public static @Nullable String mistake(String line) {
        return line.codePoints().mapToObj(TextRules::mistake).filter(m -> m != null).findFirst().orElse(null);
    }

    /**
     * What is wrong with any text within a JSON value, names of fields too; null where nothing is. Line breaks and tabs are right
     * there: an ad has paragraphs.
     *
     * @param json in canonical form, in which nothing is escaped but quotes, backslashes and control characters
     */
    private static @Nullable String mistakeWithin(String json) {
        for (int i = 0; i < json.length(); i++) {
            if (json.charAt(i) == '\\') {
                i++;
                if ("\"\\/nrt".indexOf(json.charAt(i)) < 0) {
                    return mistake(0);
                }
            } else {
                int c = json.codePointAt(i);
                var mistake = mistake(c);
                if (mistake != null) {
                    return mistake;
                }
                i += Character.charCount(c) - 1;
            }
        }
        return null;
    }

    /** What is wrong with a text of one or more lines that goes to Facebook; null where nothing is. */
    static @Nullable String mistakeInParagraphs(String text) {
        var mistake = mistake(PARAGRAPHS.matcher(text).replaceAll(""));
        return mistake == null ? reference(text) : mistake;
    }

    /** Both: what is wrong with the texts of a JSON value that goes to Facebook. */
    static @Nullable String mistakeIn(String json) {
        var mistake = mistakeWithin(json);
        return mistake == null ? reference(json) : mistake;
    }

    /** What is wrong with a text that goes to Facebook within a batch, beside its characters; null where nothing is. */
    public static @Nullable String reference(String text) {
        return REFERENCE.matcher(text).find()
                ? "may hold no {result=…}: within a batch Facebook reads it as a reference"
                : null;
    }

    private static @Nullable String mistake(int c) {
        if (Character.isISOControl(c)) {
            return "may hold no control characters";
        }
        if (Character.getType(c) == Character.SURROGATE) {
            return "holds half a character (an unpaired surrogate)";
        }
        if (c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069) {
            return "may hold no characters that turn the direction of others";
        }
        if (c == 0x2028 || c == 0x2029) {
            return "may hold no line or paragraph separators";
        }
        if (c == REPLACEMENT) {
            return "holds a character that was broken on its way (U+FFFD)";
        }
        return (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF ? "holds what is no character" : null;
    }
}
