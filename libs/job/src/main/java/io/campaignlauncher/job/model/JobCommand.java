package io.campaignlauncher.job.model;

import java.time.Instant;
import java.util.List;

/** What may be asked of a {@link Job}, or told to it. Any of them may be delivered twice. */
public sealed interface JobCommand {

    /**
     * Take on a request.
     *
     * @param fingerprint           of the request: a repeated command has the same
     * @param nameTakenByAnotherJob another live job has this campaign name on this account
     * @param priorAcceptance       what a caller that used its key before was told, as far as it is known where it came in
     * @param obstacles             what stands against it where it came in: its credential is not known, its webhook not allowed
     */
    record AcceptJob(String jobId, LaunchRequest request, String fingerprint, boolean nameTakenByAnotherJob,
            PriorAcceptance priorAcceptance, List<Violation> obstacles) implements JobCommand {

        public AcceptJob {
            obstacles = List.copyOf(obstacles);
        }

        /** Nobody was told anything, and nothing stands against it. */
        public AcceptJob(String jobId, LaunchRequest request, String fingerprint, boolean nameTakenByAnotherJob) {
            this(jobId, request, fingerprint, nameTakenByAnotherJob, PriorAcceptance.NONE, List.of());
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
