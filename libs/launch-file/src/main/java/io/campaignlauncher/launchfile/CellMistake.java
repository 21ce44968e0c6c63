package io.campaignlauncher.launchfile;

/**
 * A cell, or a whole column, that keeps a file from being launched.
 *
 * @param row      as a spreadsheet shows it, from 1
 * @param column   the header
 * @param letter   of the column in a spreadsheet; empty where the file has no such column
 * @param read     the text of the cell, its first {@value #READ_CHARACTERS_MAX} characters
 * @param sentence what is wrong, and what to do
 */
public record CellMistake(int row, String column, String letter, String read, String sentence) {

    static final int READ_CHARACTERS_MAX = 200;

    public CellMistake {
        read = shortened(read);
        column = shortened(column);
    }

    static String shortened(String text) {
        if (text.length() <= READ_CHARACTERS_MAX) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(READ_CHARACTERS_MAX - 1)) ? READ_CHARACTERS_MAX - 1
                : READ_CHARACTERS_MAX;
        return text.substring(0, end);
    }
}
