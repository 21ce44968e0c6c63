package io.campaignlauncher.launchfile;

import java.util.regex.Pattern;

/**
 * Texts that a spreadsheet would take for a formula get an apostrophe before them, and texts that look as if they had
 * got one get another, so that taking one away gives back what was there.
 */
final class Defused {

    private static final Pattern DANGEROUS = Pattern.compile("'*[=+\\-@\\t\\r]");
    private static final Pattern DEFUSED = Pattern.compile("'+[=+\\-@\\t\\r]");

    private Defused() {}

    static String of(String text) {
        return DANGEROUS.matcher(text).lookingAt() ? "'" + text : text;
    }

    static String undone(String text) {
        return text.startsWith("'") && DEFUSED.matcher(text).lookingAt() ? text.substring(1) : text;
    }
}
