package io.campaignlauncher.console.model;

import java.util.Arrays;
import java.util.List;

/** Where something stands: a word, and a shape and a colour beside it, so that none of them is needed alone. */
public enum State {
    PENDING("pending", "waits", "○", "calm"), //
    IN_PROGRESS("in_progress", "under way", "◐", "busy"), //
    CREATING("creating", "being made", "◐", "busy"), //
    CREATED("created", "made", "✓", "good"), //
    COMPLETED("completed", "completed", "✓", "good"), //
    FAILED("failed", "failed", "✕", "bad"), //
    ROLLED_BACK("rolled_back", "taken back", "↺", "calm"), //
    REDRIVEN("redriven", "redriven", "✓", "good"), //
    REDRIVEN_BEFORE("already", "redriven before", "✓", "calm"), //
    CAME_BACK("came_back", "came back", "↺", "warn"), //
    LEFT_ALONE("left_alone", "left alone", "✕", "bad"), //
    UNKNOWN("unknown", "not known", "?", "warn");

    private static final List<State> OF_LAUNCHES = List.of(PENDING, IN_PROGRESS, COMPLETED, FAILED, ROLLED_BACK);

    private final String code;
    private final String word;
    private final String shape;
    private final String tone;

    State(String code, String word, String shape, String tone) {
        this.code = code;
        this.word = word;
        this.shape = shape;
        this.tone = tone;
    }

    /** As the HTTP API writes it. @return UNKNOWN for what is not known here yet */
    public static State of(String code) {
        return Arrays.stream(values()).filter(state -> state.code.equals(code)).findFirst().orElse(UNKNOWN);
    }

    /** What a launch can be, in the order of its life. */
    public static List<State> ofLaunches() {
        return OF_LAUNCHES;
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

    /** Whether nothing more happens to a launch. */
    public boolean isEnd() {
        return this == COMPLETED || this == FAILED || this == ROLLED_BACK;
    }
}
