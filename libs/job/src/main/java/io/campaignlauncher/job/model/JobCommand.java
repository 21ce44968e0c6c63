package io.campaignlauncher.job.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be asked of a {@link Job}, or told to it. Any of them may be delivered twice. */
public sealed interface JobCommand {

    /**
     * Take on a request.
     *
     * @param fingerprint           of the request: a repeated command has the same
     * @param nameTakenByAnotherJob another live job has this campaign name on this account
     * @param priorAcceptance       what a caller that used its key before was told, as far as it is known where it came in
     * @param obstacles             what stands against it where it came in: its credential is not known, its webhook not allowed
     * @param media                 what is known of the images and videos that it names
     */
    record AcceptJob(String jobId, LaunchRequest request, String fingerprint, boolean nameTakenByAnotherJob,
            PriorAcceptance priorAcceptance, List<Violation> obstacles,
            List<MediaFile> media) implements JobCommand {

        public AcceptJob {
            obstacles = List.copyOf(obstacles);
            media = List.copyOf(media);
        }

        /** As it comes in: what the host's tables know of it is not told yet. */
        public AcceptJob(String jobId, LaunchRequest request, String fingerprint, PriorAcceptance priorAcceptance,
                List<Violation> obstacles) {
            this(jobId, request, fingerprint, false, priorAcceptance, obstacles, List.of());
        }

        /** Nobody was told anything, nothing stands against it, and it names no image and no video. */
        public AcceptJob(String jobId, LaunchRequest request, String fingerprint, boolean nameTakenByAnotherJob) {
            this(jobId, request, fingerprint, nameTakenByAnotherJob, PriorAcceptance.NONE, List.of(), List.of());
        }
    }

    /** The verifier checked the account. */
    record RecordPreVerification(PreVerificationReport report) implements JobCommand {}

    /** The creator tried to fill slots. */
    record RecordCreation(CreationReport report) implements JobCommand {}

    /** The verifier compared what exists with the slots. */
    record RecordVerification(VerificationReport report) implements JobCommand {}

    /** The rollback service kept the content of what it is about to delete. */
    record RecordSnapshots(int pass, List<Snapshot> snapshots) implements JobCommand {}

    /** The rollback service deleted. */
    record RecordDeletion(DeletionReport report) implements JobCommand {}

    /** A wait is over. @param waitNumber which one */
    record EndWait(int waitNumber) implements JobCommand {}

    /** A person answers a proposed rollback. @param userId who; may be empty */
    record DecideRollback(boolean confirmed, String userId, String reason) implements JobCommand {}

    /** Somebody wants no more of the job. @param userId who; may be empty */
    record CancelJob(String userId, String reason) implements JobCommand {}

    /**
     * Somebody wants the launch to begin at another time.
     *
     * @param startAt ISO 8601, without an offset in the account's time zone; null: at once
     * @param userId  who; may be empty
     */
    record RescheduleLaunch(@Nullable String startAt, String userId, String reason) implements JobCommand {}

    /** The job has had no event for too long. @param lastEventAt of its last event */
    record ResumeStalled(Instant lastEventAt) implements JobCommand {}

    /**
     * A request to a worker can never be published, so that nobody will answer it.
     *
     * @param asked  whose answer it was to be
     * @param number the attempt, round or pass of the request
     * @param reason why, in words for a person
     */
    record GiveUpRequest(Awaited asked, int number, String reason) implements JobCommand {}
}
