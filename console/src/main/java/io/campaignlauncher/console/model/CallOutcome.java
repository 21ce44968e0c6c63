package io.campaignlauncher.console.model;

import java.util.Arrays;

/** What became of a request to Facebook: a word, and a shape and a colour beside it, so that none of them is needed alone. */
public enum CallOutcome {
    SENT("sent", "sent", "✓", "good"), //
    NOT_SENT("not_sent", "not sent", "○", "calm"), //
    REFUSED("refused", "refused", "✕", "bad"), //
    LIMITED("limited", "limited", "‖", "busy"), //
    UNKNOWN("unknown", "not known", "?", "warn");

    private final String code;
    private final String word;
    private final String shape;
    private final String tone;

    CallOutcome(String code, String word, String shape, String tone) {
        this.code = code;
        this.word = word;
        this.shape = shape;
        this.tone = tone;
    }

    /** As the HTTP API writes it. @return UNKNOWN for what is not known here yet */
    static CallOutcome of(String code) {
        return Arrays.stream(values()).filter(outcome -> outcome.code.equals(code)).findFirst().orElse(UNKNOWN);
    }

    public String code() {
        return code;
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
