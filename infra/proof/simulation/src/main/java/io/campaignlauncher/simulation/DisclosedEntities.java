package io.campaignlauncher.simulation;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.PlannedSlot;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.SlotStatus;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.job.model.VerificationReport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the history of one job discloses of what it made, or may have made, on Facebook. */
final class DisclosedEntities {

    private final Set<String> ids = new HashSet<>();
    private final Map<SlotId, Set<String>> filledBy = new HashMap<>();
    /** Slots of which a request may have taken effect, without a read since that came late enough to show it. */
    private final Set<SlotId> inDoubt = new HashSet<>();

    /** @param before the state that the event changes */
    void take(JobState before, JobEvent event) {
        switch (event) {
            case JobEvent.SlotsCreated e -> e.slots().forEach(slot -> {
                ids.add(slot.facebookId());
                filledBy.computeIfAbsent(slot.id(), _ -> new HashSet<>()).add(slot.facebookId());
            });
            case JobEvent.SlotsFailed e -> e.slots().stream().filter(slot -> slot.fault().outcomeUnknown())
                    .forEach(slot -> inDoubt.add(slot.id()));
            case JobEvent.CreationRoundEnded e -> {
                if (e.end() == RoundEnd.INTERRUPTED || e.end() == RoundEnd.UNHEARD) {
                    before.plan().slots().stream().map(PlannedSlot::id)
                            .filter(id -> Objects.requireNonNull(before.slot(id)).status() == SlotStatus.CREATING)
                            .forEach(inDoubt::add);
                }
            }
            case JobEvent.VerificationCompleted e -> {
                e.report().unknownToSlots().forEach(entity -> ids.add(entity.facebookId()));
                if (showsEverything(before, e.report())) {
                    inDoubt.clear();
                }
            }
            case JobEvent.DeletionPassEnded e -> {
                e.failed().forEach(left -> ids.add(left.entity().facebookId()));
                e.unconfirmed().forEach(entity -> ids.add(entity.facebookId()));
            }
            default -> {
                // names no entity
            }
        }
    }

    private static boolean showsEverything(JobState state, VerificationReport report) {
        var settledAt = state.settledAt();
        return report.outcome() != VerificationOutcome.INCONCLUSIVE && report.unknownLeftOut() == 0
                && (settledAt == null || report.readAt() != null && !report.readAt().isBefore(settledAt));
    }

    /** As created, as left over or as not deleted. */
    boolean contains(String facebookId) {
        return ids.contains(facebookId);
    }

    /**
     * Whether the history called a request for the slot doubtful, and the job took one of these for what had come of it, or
     * for what that is in.
     */
    boolean mistook(PlannedSlot slot, Predicate<String> these) {
        return inDoubt.contains(slot.id())
                && Stream.of(slot.id(), new SlotId(EntityType.AD_SET, slot.adSetNumber()),
                        new SlotId(EntityType.CAMPAIGN, 1))
                        .flatMap(id -> filledBy.getOrDefault(id, Set.of()).stream())
                        .anyMatch(these);
    }
}
