package io.campaignlauncher.job.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has happened to a {@link Job}. Stored for ever: fields are added, never renamed. */
public sealed interface JobEvent {

    /** A service is asked for something. */
    sealed interface Requested extends JobEvent {}

    /** Something came of it, or somebody decided something. */
    sealed interface Progress extends JobEvent {}

    /** Nothing is asked of anybody until a time. */
    sealed interface Waiting extends JobEvent {

        /** Counts the waits of a job from 1. */
        int waitNumber();

        Instant until();
    }

    /** The last event of a job. */
    sealed interface Ending extends JobEvent {}

    /** The slots are allotted. @param media what the request names of images and videos */
    record JobAccepted(String jobId, LaunchRequest request, String fingerprint, int adSets, int ads, int retryBudget,
            RollbackPolicy rollbackPolicy, DuplicateName duplicateName, String label,
            List<MediaFile> media) implements JobEvent {

        public JobAccepted {
            media = List.copyOf(media);
        }
    }

    /**
     * The verifier is asked to check the account.
     *
     * @param conclusiveFrom before it "not found" says nothing of images and videos; null: none are named
     */
    record PreVerificationRequested(int attempt, boolean nameTakenByAnotherJob,
            @Nullable Instant conclusiveFrom) implements Requested {

        /** Of a launch that names no images and videos. */
        public PreVerificationRequested(int attempt, boolean nameTakenByAnotherJob) {
            this(attempt, nameTakenByAnotherJob, null);
        }
    }

    /** The account was judged. */
    record PreVerificationCompleted(PreVerificationReport report) implements Progress {}

    /**
     * A creation round begins.
     *
     * @param readFirst an earlier outcome is unknown: what exists is read before anything is created
     * @param slots     the slots to fill
     */
    record CreationRequested(int round, boolean readFirst, List<SlotId> slots) implements Requested {}

    /** Slots were filled. @param round 0: found by a verification; @param readableFrom reads may miss them until then */
    record SlotsCreated(int round, List<CreatedSlot> slots, Instant readableFrom) implements Progress {}

    /** Slots were asked of Facebook without a success. @param settledAt no unknown outcome can change after it; null: none is unknown */
    record SlotsFailed(int round, List<FailedSlot> slots, @Nullable Instant settledAt) implements Progress {}

    /** A creation round ended. @param settledAt no unknown outcome can change after it; null: none is unknown */
    record CreationRoundEnded(int round, RoundEnd end, @Nullable Instant settledAt,
            int httpCalls) implements Progress {}

    /** The job tries again later; costs a retry. */
    record RetryScheduled(int waitNumber, int retryCount, Instant at, Fault fault) implements Waiting {

        @Override
        public Instant until() {
            return at;
        }
    }

    /** The account is limited; the job goes on when it may. Costs no retry. */
    record RateLimitReached(int waitNumber, Instant until, Fault fault) implements Waiting {}

    /** The job waits, and then asks for what its phase needs. Costs no retry. */
    record LookScheduled(int waitNumber, Instant at, String reason) implements Waiting {

        @Override
        public Instant until() {
            return at;
        }
    }

    /**
     * The account was found good, and the launch begins later: then the account is checked again. Costs no retry.
     *
     * @param timeZone of the account, as in Europe/Berlin; null: the verifier did not tell it
     */
    record LaunchScheduled(int waitNumber, Instant startAt, @Nullable String timeZone) implements Waiting {

        @Override
        public Instant until() {
            return startAt;
        }
    }

    /** The verifier is asked to compare. @param conclusiveFrom before it "not found" says nothing */
    record VerificationRequested(int attempt, @Nullable Instant conclusiveFrom) implements Requested {}

    /** The verification was judged. */
    record VerificationCompleted(VerificationReport report) implements Progress {}

    /** Slots whose entity does not exist are free again. */
    record SlotsReopened(List<SlotId> slots, String reason) implements Progress {}

    /** A rollback is needed and waits for a person. */
    record RollbackProposed(String reason) implements Progress {}

    /** A person declined the rollback: what exists stays. */
    record RollbackDeclined(String userId, String reason) implements Progress {}

    /** Somebody moved the start. @param startAt canonical, without an offset in the account's time zone; null: at once */
    record LaunchRescheduled(@Nullable String startAt, String userId, String reason) implements Progress {}

    /** Somebody cancelled the job: nothing more is created. */
    record JobCancelled(String userId, String reason) implements Progress {}

    /**
     * The rollback begins.
     *
     * @param confirmedBy        null: by the policy
     * @param confirmationReason why they did; empty: not told
     */
    record RollbackStarted(String reason, @Nullable String confirmedBy, String confirmationReason)
            implements
                Progress {

        /** Without anybody's words. */
        public RollbackStarted(String reason, @Nullable String confirmedBy) {
            this(reason, confirmedBy, "");
        }
    }

    /** The rollback service is asked to delete. @param surplus what to delete for SURPLUS, else empty */
    record DeletionRequested(int pass, DeletionReason reason, List<FoundEntity> surplus) implements Requested {}

    /** Contents were kept. */
    record EntitiesSnapshotted(int pass, List<Snapshot> snapshots) implements Progress {}

    /** Entities are gone from Facebook, and a read has shown it. */
    record EntitiesDeleted(int pass, DeletionReason reason, List<FoundEntity> entities) implements Progress {}

    /**
     * A deletion pass ended.
     *
     * @param unconfirmed Facebook says that they are gone; they count as there until a read does not show them
     * @param settledAt   from then on reads show what came of the pass; null: it deleted nothing
     */
    record DeletionPassEnded(int pass, List<UndeletedEntity> failed, int httpCalls, List<FoundEntity> unconfirmed,
            @Nullable Instant settledAt) implements Progress {}

    /** The end: exactly what was asked for exists. */
    record JobCompleted(String facebookCampaignId, int adSets, int ads) implements Ending {}

    /**
     * The end: refused before anything was created, or what is left stays.
     *
     * @param nothingCreated nothing was asked of Facebook, so that certainly nothing is left
     */
    record JobFailed(List<String> reasons, boolean nothingCreated) implements Ending {}

    /** The end: nothing of the job exists. */
    record JobRolledBack(String reason) implements Ending {}
}
