package io.campaignlauncher.console.model;

import java.util.Arrays;

/** How Facebook shows something that a launch made, or does not: a word, and a shape and a colour beside it. */
public enum Shown {
    THERE("there", "there", "✓", "good"), //
    ABSENT("absent", "not there", "✕", "bad"), //
    GONE("", "gone, as it should be", "↺", "calm"), //
    NOT_SHOWN_YET("not_shown_yet", "not shown yet", "◷", "warn"), //
    NEVER_MADE("never_made", "never made", "○", "calm"), //
    NOT_READABLE("not_readable", "could not be read", "?", "warn");

    private final String code;
    private final String word;
    private final String shape;
    private final String tone;

    Shown(String code, String word, String shape, String tone) {
        this.code = code;
        this.word = word;
        this.shape = shape;
        this.tone = tone;
    }

    /** @param code as the HTTP API writes it @param isWanted whether it should be there */
    static Shown of(String code, boolean isWanted) {
        var shown = Arrays.stream(values()).filter(one -> one != GONE && one.code.equals(code)).findFirst()
                .orElse(NOT_READABLE);
        return shown == ABSENT && !isWanted ? GONE : shown;
    }

    public String word() {
        return word;
    }

    public String shape() {
        return shape;
    }

    /** A class of the style sheet. */
    public String tone() {
        return tone;
    }
}
