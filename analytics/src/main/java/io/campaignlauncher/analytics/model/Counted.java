package io.campaignlauncher.analytics.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is counted, each by the values of one label or of none. What is counted of jobs is counted when they settle. */
public enum Counted {

    /** Jobs accepted, by strategy. */
    JOBS_ACCEPTED("strategy", "for_all", "one_fifty_one", "for_ads"),
    /** Jobs settled, by the end that they came to. */
    JOBS_SETTLED("status", Status.LABELS),
    /** Answers of the verification before creation. */
    VERIFICATIONS("outcome", "passed", "refused", "inconclusive"),
    /** Checks that failed in a refusal; one refusal may name several. */
    REFUSALS("check"),
    /** Retries that cost one of their job's budget, by what went wrong. */
    RETRIES("reason"),
    /** Deletions tried again while rolling back. */
    DELETION_RETRIES,
    /** Waits for a rate limit to end. */
    RATE_LIMITS,
    /** Settled jobs that had tried again, by their end. */
    JOBS_RETRIED("status", Status.LABELS),
    /** The retries of those jobs, together. */
    RETRIES_OF_SETTLED,
    /** Settled jobs that had used up their retries. */
    JOBS_EXHAUSTED,
    /** Settled jobs whose entities were compared with what Facebook holds. */
    JOBS_LOOKED_AT,
    /** Those of them where a verification found a difference: something missing, or something that no slot knew. */
    JOBS_WITH_DISCREPANCY,
    /** Entities that Facebook had confirmed but does not hold. */
    ENTITIES_MISSING,
    /** Entities found on Facebook and taken instead of being made again: each is an excess creation prevented. */
    ENTITIES_ADOPTED("by", "look_first", "verification"),
    /** Entities of a job that are one too many on Facebook. */
    DUPLICATES_FOUND,
    /** Those of them that were deleted. */
    DUPLICATES_REMOVED,
    /** Rollbacks that wait, or waited, for a person. */
    ROLLBACKS_PROPOSED,
    /** Rollbacks that a person declined. */
    ROLLBACKS_DECLINED,
    /** Rollbacks begun, by why. */
    ROLLBACKS("reason"),
    /** Settled jobs that had begun to roll back: nothing is left, or something could not be deleted. */
    ROLLBACKS_ENDED("outcome", "rolled_back", "failed");

    /** The label of what goes beyond the bound, or has no name. */
    public static final String OTHER = "other";

    private final @Nullable String label;
    private final List<String> known;

    Counted() {
        this.label = null;
        this.known = List.of("");
    }

    Counted(String label, String... known) {
        this.label = label;
        this.known = List.of(known);
    }

    /** The name of its label; null where it has none. */
    public @Nullable String label() {
        return label;
    }

    /** The values that are known beforehand; one empty one where it has no label. */
    public List<String> known() {
        return known;
    }

    /** The three ends of a job. */
    public enum Status {

        COMPLETED, FAILED, ROLLED_BACK;

        private static final String[] LABELS = { "completed", "failed", "rolled_back" };

        public String label() {
            return LABELS[ordinal()];
        }
    }
}
