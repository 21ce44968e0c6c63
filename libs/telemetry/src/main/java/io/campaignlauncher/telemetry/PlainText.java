package io.campaignlauncher.telemetry;

import java.util.regex.Pattern;

/**
 * Texts of Facebook and of other people, fit for a terminal, a log and a table: nothing in them breaks a line, steers the cursor or
 * turns the direction of what follows, and none ends within a character.
 */
public final class PlainText {

    /** One character that is more than a character to look at, as a regular expression. */
    static final String STEERING = "[\\p{Cc}\\x{61C}\\x{200E}\\x{200F}\\x{2028}-\\x{202E}\\x{2066}-\\x{2069}\\p{Cs}]";

    private static final Pattern EACH = Pattern.compile(STEERING);
    private static final String LEFT_OUT = "…";

    private PlainText() {}

    /** The same text with a blank for each character that is more than a character to look at. */
    public static String oneLine(String text) {
        var steering = EACH.matcher(text);
        return steering.find() ? steering.replaceAll(" ") : text;
    }

    /** The beginning of a text that is too long, with a sign that something follows. @param charactersMax in UTF-16 units, at least 2 */
    public static String cut(String text, int charactersMax) {
        return text.length() <= charactersMax ? text : beginning(text, charactersMax - 1) + LEFT_OUT;
    }

    /** As much of a text as there is room for. Half a character is a question mark to whoever reads it, so none is left at the end. */
    public static String beginning(String text, int charactersMax) {
        return text.length() <= charactersMax ? text
                : text.substring(0, charactersMax > 0 && Character.isHighSurrogate(text.charAt(charactersMax - 1))
                        ? charactersMax - 1
                        : charactersMax);
    }
}
