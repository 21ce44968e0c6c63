package io.campaignlauncher.job.view;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.messaging.KillSwitch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts what a kill switch holds up. */
public interface CountsHeldJobs {

    /** Nobody needs to know how many more there are. */
    int HELD_MAX = 10_000;

    /**
     * Launches that wait for a switch that is off: those whose next step nobody begins. Of requests that wait to become a job, those
     * that came over HTTP. Blocks.
     *
     * @param since when it was turned off; null: a setting says so
     * @return at most {@link #HELD_MAX}
     */
    int heldBy(KillSwitch which, @Nullable Instant since, Visibility visible);
}
