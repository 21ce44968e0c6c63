package io.campaignlauncher.job.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has happened to a {@link Job}. Stored for ever: fields are added, never renamed. */
public sealed interface JobEvent {

    /** The slots are allotted. */
    record JobAccepted(String jobId, LaunchRequest request, String fingerprint, int adSets, int ads, int retryBudget,
            RollbackPolicy rollbackPolicy, DuplicateName duplicateName, String label) implements JobEvent {}

    /** The verifier is asked to check the account. */
    record PreVerificationRequested(int attempt, boolean nameTakenByAnotherJob) implements JobEvent {}

    /** The account was judged. */
    record PreVerificationCompleted(PreVerificationReport report) implements JobEvent {}

    /**
     * A creation round begins.
     *
     * @param lookFirst an earlier outcome is unknown
     * @param slots     the slots to fill
     */
    record CreationRequested(int round, boolean lookFirst, List<SlotId> slots) implements JobEvent {}

    /** Slots were filled. @param round 0: found by a verification; @param readableFrom reads may miss them until then */
    record SlotsCreated(int round, List<CreatedSlot> slots, Instant readableFrom) implements JobEvent {}

    /** Slots were asked of Facebook without a success. @param settledAt no unknown outcome can change after it; null: none is unknown */
    record SlotsFailed(int round, List<FailedSlot> slots, @Nullable Instant settledAt) implements JobEvent {}

    /** A creation round ended. @param settledAt no unknown outcome can change after it; null: none is unknown */
    record CreationRoundEnded(int round, RoundEnd end, @Nullable Instant settledAt,
            int httpCalls) implements JobEvent {}

    /** The job tries again later; costs a retry. */
    record RetryScheduled(int waitNumber, int retryCount, Instant at, Fault fault) implements JobEvent {}

    /** The account is limited; the job goes on when it may. Costs no retry. */
    record RateLimitReached(int waitNumber, Instant until, Fault fault) implements JobEvent {}

    /** The job looks again later. Costs no retry. */
    record LookScheduled(int waitNumber, Instant at, String reason) implements JobEvent {}

    /** The verifier is asked to compare. @param conclusiveFrom before it "not found" says nothing */
    record VerificationRequested(int attempt, @Nullable Instant conclusiveFrom) implements JobEvent {}

    /** The look was judged. */
    record VerificationCompleted(VerificationReport report) implements JobEvent {}

    /** Slots whose entity does not exist are free again. */
    record SlotsReopened(List<SlotId> slots, String reason) implements JobEvent {}

    /** A rollback is needed and waits for a person. */
    record RollbackProposed(String reason) implements JobEvent {}

    /** A person declined the rollback: what exists stays. */
    record RollbackDeclined(String userId, String reason) implements JobEvent {}

    /** The rollback begins. @param confirmedBy null: by the policy */
    record RollbackStarted(String reason, @Nullable String confirmedBy) implements JobEvent {}

    /** The rollback service is asked to delete. @param surplus what to delete for SURPLUS, else empty */
    record DeletionRequested(int pass, DeletionReason reason, List<FoundEntity> surplus) implements JobEvent {}

    /** Contents were kept. */
    record EntitiesSnapshotted(int pass, List<Snapshot> snapshots) implements JobEvent {}

    /** Entities are gone from Facebook, and a look has shown it. */
    record EntitiesDeleted(int pass, DeletionReason reason, List<FoundEntity> entities) implements JobEvent {}

    /**
     * A deletion pass ended.
     *
     * @param unconfirmed Facebook says that they are gone; they count as there until a look does not show them
     * @param settledAt   from then on reads show what came of the pass; null: it deleted nothing
     */
    record DeletionPassEnded(int pass, List<UndeletedEntity> failed, int httpCalls, List<FoundEntity> unconfirmed,
            @Nullable Instant settledAt) implements JobEvent {}

    /** The end: exactly what was asked for exists. */
    record JobCompleted(String facebookCampaignId, int adSets, int ads) implements JobEvent {}

    /** The end: refused before anything was created, or what is left stays. */
    record JobFailed(List<String> reasons) implements JobEvent {}

    /** The end: nothing of the job exists. */
    record JobRolledBack(String reason) implements JobEvent {}
}
