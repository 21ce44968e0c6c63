package io.campaignlauncher.job.attention;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Things of one kind that wait for a person.
 *
 * @param count how many, as far as they are counted
 * @param more  whether there are still more than that
 * @param items the most urgent of them
 */
public record Matter(Kind kind, int count, boolean more, List<Item> items) {

    /** So many are counted. */
    static final int COUNTED_MAX = 1_000;
    /** So many are named. */
    static final int ITEMS_MAX = 20;

    public Matter {
        items = List.copyOf(items);
    }

    /** The most urgent first. */
    public enum Kind {
        SWITCH_OFF("switch_off"),
        /** A job asks whether what exists is deleted. */
        ROLLBACK_DECISION("rollback_decision"),
        /** A job ended, and something of it is on Facebook that nobody decided to keep. */
        LEFT_ON_FACEBOOK("left_on_facebook"),
        /** A job has had no answer for long. */
        STUCK("stuck"), DEAD_LETTERS("dead_letters"),
        /** A token has ended or ends soon, Facebook does not take it any more, or the key does not open it. */
        CREDENTIAL("credential"),
        /** The account of a launch that is planned was looked at, and something speaks against it. */
        PLANNED("planned"), WEBHOOK("webhook");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * @param id     of the job, credential, webhook, switch or topic
     * @param since  when it began to wait, or when it will happen; null: not known
     * @param detail in words; empty: none
     * @param count  how many it stands for: letters of the reason, jobs that wait for the switch; null: itself
     */
    public record Item(String id, String name, @Nullable Instant since, String detail, @Nullable Integer count) {}
}
