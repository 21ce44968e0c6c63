package io.campaignlauncher.analytics.model;

import io.campaignlauncher.analytics.model.Counted.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has to be known of one job under way until it settles. Of bounded size. */
final class JobTrack {

    /** What has come of the job is counted here. */
    interface Count {

        void of(Counted counted, String label, long times);

        void of(Stage stage, Duration took);
    }

    private static final int DUPLICATES_MAX = 1_000;
    private static final int BUDGET_UNKNOWN = -1;
    private static final String RETRIES_USED_UP = "retries_used_up";
    private static final String CANCELLED = "cancelled";
    private static final String ENTITIES_MISSING = "entities_missing";

    long lastSequence = -1;
    @Nullable
    Instant acceptedAt;
    boolean queueTimeKnown;

    private int retryBudget = BUDGET_UNKNOWN;
    private int retries;
    private @Nullable String refusedForGood;
    private boolean exhausted;
    /** Before anybody thought of a rollback: it is the reason of the one that follows. */
    private boolean cancelled;
    private boolean proposed;
    /** Accepted, or later where somebody wants it to begin later. */
    private @Nullable Instant beginsAt;
    private boolean missing;
    private boolean lookedAt;
    private boolean different;
    private @Nullable Instant firstRoundAt;
    private @Nullable Instant lastRoundEndedAt;
    private @Nullable Instant rollbackAt;
    private final Set<String> duplicates = new HashSet<>();

    void take(Fact fact, Instant at, Count count) {
        switch (fact) {
            case Fact.Accepted accepted -> {
                acceptedAt = at;
                beginsAt = at;
                retryBudget = accepted.retryBudget();
                count.of(Counted.JOBS_ACCEPTED, accepted.strategy(), 1);
            }
            case Fact.AccountChecked(var judgement, var failedChecks, var took) -> {
                count.of(Counted.VERIFICATIONS, switch (judgement) {
                    case PASSED -> "passed";
                    case REFUSED -> "refused";
                    case INCONCLUSIVE -> "inconclusive";
                }, 1);
                failedChecks.forEach(check -> count.of(Counted.REFUSALS, check, 1));
                count.of(Stage.VERIFICATION, took);
                if (judgement == Fact.Judgement.REFUSED) {
                    refusedForGood = "account_refused";
                }
            }
            case Fact.Scheduled(var startAt) -> beginsAt = startAt;
            case Fact.Rescheduled() -> beginsAt = at;
            case Fact.RoundBegun() -> {
                firstRoundAt = firstRoundAt == null ? at : firstRoundAt;
                missing = false;
            }
            case Fact.RoundEnded() -> lastRoundEndedAt = at;
            case Fact.EntitiesAdopted(var entities, var byVerification) ->
                count.of(Counted.ENTITIES_ADOPTED, byVerification ? "verification" : "look_first", entities);
            case Fact.RefusedForGood(var reason) -> refusedForGood = reason;
            case Fact.RetryScheduled(var retryCount, var reason) -> retried(retryCount, reason, count);
            case Fact.RateLimited() -> count.of(Counted.RATE_LIMITS, "", 1);
            case Fact.Compared(var conclusive, var difference, var took) -> {
                lookedAt |= conclusive;
                different |= difference;
                count.of(Stage.LOOK, took);
            }
            case Fact.EntitiesMissing(var entities) -> {
                missing = true;
                count.of(Counted.ENTITIES_MISSING, "", entities);
            }
            case Fact.DuplicatesFound(var facebookIds) -> facebookIds.forEach(id -> {
                if (duplicates.size() < DUPLICATES_MAX && duplicates.add(id)) {
                    count.of(Counted.DUPLICATES_FOUND, "", 1);
                }
            });
            case Fact.DuplicatesRemoved(var entities) -> count.of(Counted.DUPLICATES_REMOVED, "", entities);
            case Fact.Cancelled() -> cancelled = !proposed && rollbackAt == null;
            case Fact.RollbackProposed() -> {
                giveUp();
                proposed = true;
                count.of(Counted.ROLLBACKS_PROPOSED, "", 1);
            }
            case Fact.RollbackDeclined() -> count.of(Counted.ROLLBACKS_DECLINED, "", 1);
            case Fact.RollbackBegun() -> {
                giveUp();
                rollbackAt = at;
                count.of(Counted.ROLLBACKS, rollbackReason(), 1);
            }
            case Fact.Settled(var status) -> settle(status, at, count);
            case Fact.Nothing() -> {
            }
        }
    }

    private void retried(int retryCount, String reason, Count count) {
        if (retryCount > retries) {
            retries = retryCount;
            refusedForGood = null;
            count.of(Counted.RETRIES,
                    missing && reason.equals(Fact.RetryScheduled.WITHOUT_CODE) ? ENTITIES_MISSING : reason, 1);
        } else {
            count.of(Counted.DELETION_RETRIES, "", 1);
        }
    }

    /** The job cannot reach its goal. With retries left, or for what is refused for good, that is not for want of retries. */
    private void giveUp() {
        exhausted |= !cancelled && retryBudget != BUDGET_UNKNOWN && retries >= retryBudget && refusedForGood == null;
    }

    private String rollbackReason() {
        return cancelled ? CANCELLED
                : exhausted ? RETRIES_USED_UP : refusedForGood == null ? Counted.OTHER : refusedForGood;
    }

    private void settle(Status status, Instant at, Count count) {
        if (status == Status.FAILED && rollbackAt == null) {
            giveUp();
        }
        count.of(Counted.JOBS_SETTLED, status.label(), 1);
        if (retries > 0) {
            count.of(Counted.JOBS_RETRIED, status.label(), 1);
            count.of(Counted.RETRIES_OF_SETTLED, "", retries);
        }
        count.of(Counted.JOBS_EXHAUSTED, "", exhausted ? 1 : 0);
        count.of(Counted.JOBS_LOOKED_AT, "", lookedAt ? 1 : 0);
        count.of(Counted.JOBS_WITH_DISCREPANCY, "", different ? 1 : 0);
        if (rollbackAt != null) {
            count.of(Counted.ROLLBACKS_ENDED, status == Status.ROLLED_BACK ? "rolled_back" : "failed", 1);
        }
        switch (status) {
            case COMPLETED -> {
                took(Stage.LAUNCH, beginsAt, at, count);
                took(Stage.CREATION, firstRoundAt, lastRoundEndedAt, count);
            }
            case ROLLED_BACK -> took(Stage.ROLLBACK, rollbackAt, at, count);
            case FAILED -> {
            }
        }
    }

    private static void took(Stage stage, @Nullable Instant from, @Nullable Instant to, Count count) {
        if (from != null && to != null) {
            count.of(stage, Duration.between(from, to));
        }
    }
}
