package io.campaignlauncher.job.notify.model;

import io.campaignlauncher.job.model.FailedSlot;
import io.campaignlauncher.job.model.Fault;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.UndeletedEntity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** The faults that a job's events tell of, like ones taken together, the latest at the end; only so many are kept. */
final class FaultSummaries {

    static final int KEPT_MAX = 10;

    private final List<FaultSummary> summaries = new ArrayList<>();

    void add(JobEvent event, Instant at) {
        faults(event).forEach(fault -> add(fault, at));
    }

    List<FaultSummary> list() {
        return List.copyOf(summaries);
    }

    private void add(Fault fault, Instant at) {
        var known = summaries.stream().filter(summary -> summary.isLike(fault)).findFirst();
        known.ifPresent(summaries::remove);
        summaries.add(known.map(summary -> summary.again(fault, at)).orElseGet(() -> new FaultSummary(fault, at, 1)));
        if (summaries.size() > KEPT_MAX) {
            summaries.removeFirst();
        }
    }

    private static Stream<Fault> faults(JobEvent event) {
        return switch (event) {
            case JobEvent.PreVerificationCompleted e -> Stream.ofNullable(e.report().fault());
            case JobEvent.SlotsFailed e -> each(e.slots().stream().map(FailedSlot::fault));
            case JobEvent.VerificationCompleted e -> Stream.ofNullable(e.report().fault());
            case JobEvent.DeletionPassEnded e -> each(e.failed().stream().map(UndeletedEntity::fault));
            // What a wait names was in the event before it, but for the faults that a whole round or pass met.
            case JobEvent.RetryScheduled e -> Stream.of(e.fault());
            case JobEvent.RateLimitReached e -> Stream.of(e.fault());
            case JobEvent.JobAccepted _,JobEvent.LookScheduled _,JobEvent.LaunchScheduled _,JobEvent.Requested _,JobEvent.Progress _,JobEvent.Ending _ ->
                Stream.empty();
        };
    }

    /** Many slots fail for one reason. */
    private static Stream<Fault> each(Stream<Fault> faults) {
        var seen = new HashSet<Fault>();
        return faults.filter(seen::add);
    }
}
