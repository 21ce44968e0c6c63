package io.campaignlauncher.job.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds jobs that nothing was heard of for too long. */
public interface FindsStalledJobs {

    /** @param lastEventAt when something was last heard of it */
    record StalledJob(UUID jobId, Instant lastEventAt) {}

    /**
     * Jobs that have not settled, had their last event before a time, and wait neither for a person nor for a time that comes
     * after it; the quietest first, at most a thousand. Reads the read model: blocks, and may lag behind the events.
     */
    List<StalledJob> stalledSince(Instant time);

    /**
     * Since when the quietest of the jobs that should be going on is quiet: its last event, or the end of the time it waited
     * for. Empty where no job is under way. Blocks like the other.
     */
    Optional<Instant> quietestSince(Instant now);
}
