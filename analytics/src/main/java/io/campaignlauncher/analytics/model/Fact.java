package io.campaignlauncher.analytics.model;

import io.campaignlauncher.analytics.model.Counted.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What an event of a job says, as far as the figures go. */
public sealed interface Fact {

    /** @param strategy in small letters, e.g. {@code for_all} */
    record Accepted(String strategy, int retryBudget) implements Fact {}

    enum Judgement {
        PASSED, REFUSED, INCONCLUSIVE
    }

    /** @param failedChecks of a refusal, by name */
    record AccountChecked(Judgement judgement, List<String> failedChecks, Duration took) implements Fact {}

    record RoundBegun() implements Fact {}

    record RoundEnded() implements Fact {}

    /** @param byVerification a verification found them; else a round that read first did */
    record EntitiesAdopted(int entities, boolean byVerification) implements Fact {}

    /** A request was refused for good. @param reason a short word of a bounded set */
    record RefusedForGood(String reason) implements Fact {}

    /** @param retryCount the retries used so far; an equal one means that a deletion is tried again */
    record RetryScheduled(int retryCount, String reason) implements Fact {

        /** Of a fault that is not Facebook's answer: what happened before tells more. */
        public static final String WITHOUT_CODE = "without_code";
    }

    record RateLimited() implements Fact {}

    /** What Facebook holds was compared with the slots. @param conclusive else it is asked again */
    record Compared(boolean conclusive, boolean different, Duration took) implements Fact {}

    record EntitiesMissing(int entities) implements Fact {}

    /** @param facebookIds entities that are one too many; the same may be named more than once */
    record DuplicatesFound(Set<String> facebookIds) implements Fact {}

    record DuplicatesRemoved(int entities) implements Fact {}

    record RollbackProposed() implements Fact {}

    record RollbackDeclined() implements Fact {}

    record Cancelled() implements Fact {}

    /** The launch begins later. */
    record Scheduled(Instant startAt) implements Fact {}

    /** Somebody moved the start; to a time that is to come only if {@link Scheduled} follows. */
    record Rescheduled() implements Fact {}

    record RollbackBegun() implements Fact {}

    record Settled(Status status) implements Fact {}

    /** Nothing that is counted. */
    record Nothing() implements Fact {}
}
