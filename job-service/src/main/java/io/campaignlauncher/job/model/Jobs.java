package io.campaignlauncher.job.model;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Every job there is. */
public interface Jobs {

    /**
     * Puts commands to one job, in order, in one commit.
     *
     * @return the decision on the last command, once its events are durable; commands that were refused change nothing. Fails
     *     where the store cannot be reached; then nothing was written, and the commands may be put again
     */
    CompletableFuture<Decision> decide(String jobId, List<JobCommand> commands, Origin origin);

    /** The job as its events say; {@link Job#initialState()} where there is none. Reads the store: blocks. */
    JobState state(String jobId);
}
