package io.campaignlauncher.market.model;

/** One start of a posting. @param number from 1 */
public record Attempt(int number, Outcome outcome) {

    /** What is known of it. */
    public enum Outcome {
        /** A worker may be posting, and has not reported. */
        UNDER_WAY,
        /** Nobody knows whether it has posted. */
        UNKNOWN, POSTED, NOT_MADE;

        /** As in tables. */
        public String word() {
            return Words.of(this);
        }

        /** Whether it may post, or may have posted, without our knowing. */
        boolean open() {
            return switch (this) {
                case UNDER_WAY, UNKNOWN -> true;
                case POSTED, NOT_MADE -> false;
            };
        }
    }
}
