package io.campaignlauncher.job.axon;

import java.time.Instant;

/** Ends waits at their time, also after a restart. */
interface Waits {

    /** Part of the transaction under way: the timer is there exactly if the event is. */
    void schedule(String jobId, int waitNumber, Instant at);
}
