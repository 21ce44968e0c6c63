package io.campaignlauncher.job.letters;

import java.util.List;

/**
 * What became of a wish to redrive letters.
 *
 * @param letters in the order in which they were published
 * @param left    how many more are meant; they were not touched
 */
public record Redriven(List<One> letters, int left) {

    public Redriven {
        letters = List.copyOf(letters);
    }

    /** @param detail a sentence where it was not redriven; else empty */
    public record One(LetterPlace place, Result result, String detail) {}

    /** What became of one letter. */
    public enum Result {
        REDRIVEN("redriven"),
        /** It was before, by whomever. */
        ALREADY("already"),
        /** It cannot be. */
        IMPOSSIBLE("impossible"),
        /** Another redrive of the topic began meanwhile; it was not published by this one. */
        OVERTAKEN("overtaken"),
        /** Kafka did not say. */
        UNKNOWN("unknown");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
