package io.campaignlauncher.tools;

/** Texts of other people, fit for a terminal: nothing in them breaks a line or steers the cursor. */
final class Lines {

    private Lines() {}

    static String oneLine(String text) {
        return text.codePoints().allMatch(Lines::isHarmless) ? text
                : text.codePoints().map(character -> isHarmless(character) ? character : ' ')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static boolean isHarmless(int character) {
        return !Character.isISOControl(character);
    }
}
