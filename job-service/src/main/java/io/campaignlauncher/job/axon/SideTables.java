package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobEvent;
import java.util.UUID;

/** Keeps timers and names in step with the events, in the same transaction. */
final class SideTables {

    private final Waits waits;
    private final CampaignNames names;
    private final Promises promises;

    SideTables(Waits waits, CampaignNames names, Promises promises) {
        this.waits = waits;
        this.names = names;
        this.promises = promises;
    }

    /**
     * The command of a new job with what only the tables know: whether another live job has the name; if not, this one takes it;
     * and whether somebody was told that the request is taken.
     */
    JobCommand informed(JobCommand command) {
        if (command instanceof JobCommand.AcceptJob accept) {
            var request = accept.request();
            var jobId = UUID.fromString(accept.jobId());
            return new JobCommand.AcceptJob(accept.jobId(), request, accept.fingerprint(),
                    names.takenByAnother(request.adAccountId(), request.campaign().name(), jobId),
                    promises.to(jobId, request), accept.obstacles());
        }
        return command;
    }

    void follow(String jobId, JobEvent event) {
        switch (event) {
            case JobEvent.RetryScheduled e -> waits.schedule(jobId, e.waitNumber(), e.at());
            case JobEvent.RateLimitReached e -> waits.schedule(jobId, e.waitNumber(), e.until());
            case JobEvent.LookScheduled e -> waits.schedule(jobId, e.waitNumber(), e.at());
            case JobEvent.JobCompleted _ -> names.releaseOnceReadable(jobId);
            case JobEvent.JobFailed _,JobEvent.JobRolledBack _ -> names.release(jobId);
            case JobEvent.JobAccepted _,JobEvent.PreVerificationRequested _,JobEvent.PreVerificationCompleted _,JobEvent.CreationRequested _,JobEvent.SlotsCreated _,JobEvent.SlotsFailed _,JobEvent.CreationRoundEnded _,JobEvent.VerificationRequested _,JobEvent.VerificationCompleted _,JobEvent.SlotsReopened _,JobEvent.RollbackProposed _,JobEvent.RollbackDeclined _,JobEvent.RollbackStarted _,JobEvent.DeletionRequested _,JobEvent.EntitiesSnapshotted _,JobEvent.EntitiesDeleted _,JobEvent.DeletionPassEnded _ ->
                {
                }
        }
    }
}
