package io.campaignlauncher.job.model;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Puts commands to jobs, and reads their states. */
public interface JobCommandGateway {

    /**
     * Puts commands to one job, in order, in one commit.
     *
     * @return a decision on each command, in order, once all events are durable; commands that were refused change nothing.
     *     Fails where the store cannot be reached; then nothing was written, and the commands may be put again. Fails with
     *     an {@link UndecidableJob} where it is no use to put them again
     */
    CompletableFuture<List<Decision>> decide(String jobId, List<IssuedCommand> commands);

    /** The same for one command. */
    default CompletableFuture<Decision> decide(String jobId, JobCommand command, Origin origin) {
        return decide(jobId, List.of(new IssuedCommand(command, origin))).thenApply(List::getFirst);
    }

    /** The job as its events say; {@link Job#initialState()} where there is none. Reads the store: blocks. */
    JobState state(String jobId);
}
