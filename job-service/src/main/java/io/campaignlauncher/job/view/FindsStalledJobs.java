package io.campaignlauncher.job.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds jobs without an event for too long. */
public interface FindsStalledJobs {

    /** @param lastEventAt when something was last heard of it */
    record StalledJob(UUID jobId, Instant lastEventAt) {

        /** Comes before every job. */
        public static final StalledJob NONE = new StalledJob(new UUID(0, 0), Instant.EPOCH);
    }

    /**
     * Jobs that have not settled, had their last event before a time, and wait neither for a person nor for a time that comes
     * after it; the quietest first. Reads the read model: blocks, and may lag behind the events.
     *
     * @param after the job that the last page ended with; {@link StalledJob#NONE}: from the beginning
     * @param max   so many at most
     */
    List<StalledJob> stalledSince(Instant time, StalledJob after, int max);

    /**
     * Since when the quietest of the jobs that should be going on is quiet: its last event, or the end of the time it waited
     * for. Empty where no job is under way. Blocks like the other.
     */
    Optional<Instant> quietestSince(Instant now);
}
