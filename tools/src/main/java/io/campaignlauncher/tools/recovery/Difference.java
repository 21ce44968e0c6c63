package io.campaignlauncher.tools.recovery;

/**
 * Where topic and event store do not say the same of a stream.
 *
 * @param stream what it is about, such as a job
 * @param first  sequence of the first event that differs
 * @param last   of the last one
 * @param detail for a person
 */
public record Difference(Kind kind, String stream, long first, long last, String detail) {

    /** What differs. */
    public enum Kind {
        /** The store lacks what follows its last event: it was put back to an earlier time, and can be given it. */
        STORE_LACKS("store-lacks"),
        /** What the store lacks does not follow its last event, or not without a gap. */
        GAP("gap"),
        /** Two events have the same place, or one event has two. */
        TWO_HISTORIES("two-histories"),
        /** The store is ahead of the topic, as its feed had not come to it. */
        TOPIC_LACKS("topic-lacks"),
        /** The topic lacks an event before others that it has: the feed gave it up. */
        PASSED_OVER("passed-over");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        static Kind of(String word) {
            for (var kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(word);
        }

        /** Nothing may be given to the store as long as it is there. */
        public boolean stopsImport() {
            return this == GAP || this == TWO_HISTORIES;
        }
    }
}
