package io.campaignlauncher.job.history;

import io.campaignlauncher.job.model.Fault;
import io.campaignlauncher.job.model.JobEvent;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The error that an event tells of, as one sentence. */
final class LastError {

    private LastError() {}

    /** Null for an event that tells of none. */
    static @Nullable String of(JobEvent event) {
        return switch (event) {
            case JobEvent.PreVerificationCompleted(var report) -> report.refusals().isEmpty()
                    ? described(report.fault())
                    : report.refusals().getLast();
            case JobEvent.SlotsFailed e -> lastOf(e.slots().stream().map(slot -> slot.fault()));
            case JobEvent.RetryScheduled e -> e.fault().described();
            case JobEvent.RateLimitReached e -> e.fault().described();
            case JobEvent.VerificationCompleted(var report) -> described(report.fault());
            case JobEvent.DeletionPassEnded e -> lastOf(e.failed().stream().map(entity -> entity.fault()));
            case JobEvent.JobFailed(var reasons) -> String.join("; ", reasons);
            case JobEvent.JobAccepted _,JobEvent.LookScheduled _,JobEvent.Requested _,JobEvent.Progress _,JobEvent.Ending _ ->
                null;
        };
    }

    private static @Nullable String described(@Nullable Fault fault) {
        return fault == null ? null : fault.described();
    }

    /** The fault that was met for the first time after all others. */
    private static @Nullable String lastOf(Stream<Fault> faults) {
        return faults.distinct().map(Fault::described).reduce((_, later) -> later).orElse(null);
    }
}
