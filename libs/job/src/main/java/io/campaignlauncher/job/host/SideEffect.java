package io.campaignlauncher.job.host;

import io.campaignlauncher.job.model.JobEvent;
import java.time.Instant;
import java.util.Optional;

/** What changes beside the events of a job, in their transaction. */
public sealed interface SideEffect {

    /** The job is to be told at that time that this wait is over. */
    record WaitScheduled(int waitNumber, Instant at) implements SideEffect {}

    /** The campaign is on Facebook, which will say so itself once its reads have caught up: until then its name stays taken. */
    record NameFreeOnceReadable() implements SideEffect {}

    /** Nothing of the job is on Facebook under its name; or what is there stays, and the next job's verification finds it. */
    record NameFree() implements SideEffect {}

    /** What follows from an event; empty for most. */
    static Optional<SideEffect> of(JobEvent event) {
        return Optional.ofNullable(switch (event) {
            case JobEvent.Waiting e -> new WaitScheduled(e.waitNumber(), e.until());
            case JobEvent.JobCompleted _ -> new NameFreeOnceReadable();
            case JobEvent.JobFailed _,JobEvent.JobRolledBack _ -> new NameFree();
            case JobEvent.JobAccepted _,JobEvent.Requested _,JobEvent.Progress _ -> null;
        });
    }
}
