package io.campaignlauncher.job.http;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.job.stored.JobHistory;
import java.util.UUID;

/** Jobs as they were accepted. */
record JobsAsAccepted(JobHistory history) {

    /** Blocks. @throws Problem 404, the same for a job that may not be seen, and for what is no job yet */
    JobState job(UUID jobId, Visibility visible) {
        var state = history.job(jobId, new Point.AtVersion(0), visible).state();
        if (state.phase() == Phase.ABSENT) {
            throw Problem.noSuchJob();
        }
        return state;
    }
}
