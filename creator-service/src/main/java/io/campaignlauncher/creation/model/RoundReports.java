package io.campaignlauncher.creation.model;

import io.campaignlauncher.creation.model.SlotOutcome.Filled;
import io.campaignlauncher.creation.model.SlotOutcome.Unfilled;
import io.campaignlauncher.schemas.CreatedEntity;
import io.campaignlauncher.schemas.CreationReported;
import io.campaignlauncher.schemas.FaultTexts;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.RoundEnd;
import io.campaignlauncher.schemas.SlotFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;

/** Writes the reports that a round sends to its job. */
public final class RoundReports {

    private RoundReports() {}

    /** More reports follow. */
    public static CreationReported notYet(String jobId, int round, Collection<SlotOutcome> outcomes, Instant startedAt,
            int httpCalls) {
        return report(jobId, round, outcomes, startedAt, httpCalls).setEnd(RoundEnd.NOT_YET).build();
    }

    /**
     * The last report. Slots that it does not list were not sent, so it tells again what the reports before it told: one
     * of them may never reach the job.
     *
     * @param outcomes of the whole round
     */
    public static CreationReported last(String jobId, int round, Collection<SlotOutcome> outcomes, Instant startedAt,
            int httpCalls, RoundProgress progress, Instant now) {
        var end = progress.end();
        return report(jobId, round, outcomes, startedAt, httpCalls)
                .setEnd(end)
                .setResumeAt(end == RoundEnd.RATE_LIMITED ? progress.resumeAt() : null)
                .setQuietAt(progress.unknown() ? now : null)
                .build();
    }

    /** The worker died or lost its lease: whatever it had not reported has an unknown outcome. */
    public static CreationReported interrupted(String jobId, int round, Instant startedAt, Instant quietAt) {
        return CreationReported.newBuilder()
                .setJobId(jobId)
                .setRound(round)
                .setStartedAt(startedAt)
                .setEnd(RoundEnd.INTERRUPTED)
                .setQuietAt(quietAt)
                .build();
    }

    private static CreationReported.Builder report(String jobId, int round, Collection<SlotOutcome> outcomes,
            Instant startedAt, int httpCalls) {
        var created = new ArrayList<CreatedEntity>();
        var failed = new ArrayList<SlotFault>();
        var faults = new LinkedHashMap<GraphFault, Integer>();
        for (var outcome : outcomes) {
            switch (outcome) {
                case Filled(var type, var slot, var id, var adopted) ->
                    created.add(new CreatedEntity(type, slot, id, adopted));
                case Unfilled(var type, var slot, var fault) -> {
                    var index = faults.computeIfAbsent(fault, _ -> faults.size());
                    failed.add(new SlotFault(type, slot, index));
                }
            }
        }
        return CreationReported.newBuilder()
                .setJobId(jobId)
                .setRound(round)
                .setCreated(created)
                .setFailed(failed)
                .setFaults(FaultTexts.bounded(faults.keySet()))
                .setStartedAt(startedAt)
                .setHttpCalls(httpCalls);
    }
}
