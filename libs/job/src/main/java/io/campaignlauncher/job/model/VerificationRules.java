package io.campaignlauncher.job.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What follows from comparing what Facebook holds with the slots. */
final class VerificationRules {

    private VerificationRules() {}

    static Decision record(Turn turn, VerificationReport report) {
        var state = turn.state();
        if (state.awaited() != Awaited.VERIFICATION || report.attempt() != state.counts().verifications()) {
            return turn.done();
        }
        var outdated = state.look().outdated();
        turn.emit(new JobEvent.VerificationCompleted(report));
        confirmDeletions(turn, report);
        if (outdated) {
            turn.verify();
        } else {
            switch (report.outcome()) {
                case INCONCLUSIVE -> lookAgain(turn, report);
                case PASSED -> {
                    if (!turn.state().allFilled() && !turn.state().declined()) {
                        turn.create();
                    } else if (turn.state().settledBy(report.lookedAt())) {
                        finish(turn);
                    } else if (report.unread()) {
                        lookAgain(turn, report);
                    } else {
                        turn.lastLook();
                    }
                }
                case REFUSED -> reconcile(turn, report);
            }
        }
        return turn.done();
    }

    /**
     * Surplus that was deleted, as Facebook said, and that a look which came late enough and names everything does not show. A look goes
     * into the job's own campaign alone: while it shows another one, what was in that is not known to be gone.
     */
    private static void confirmDeletions(Turn turn, VerificationReport report) {
        var state = turn.state();
        if (report.outcome() == VerificationOutcome.INCONCLUSIVE || !state.settledBy(report.lookedAt())
                || report.unknownLeftOut() > 0) {
            return;
        }
        var shown = report.unknownToSlots().stream().map(FoundEntity::facebookId).collect(Collectors.toSet());
        var otherCampaigns = report.unknownToSlots().stream().anyMatch(VerificationRules::isCampaign);
        var gone = state.unconfirmed().stream().filter(entity -> !shown.contains(entity.facebookId()))
                .filter(entity -> isCampaign(entity) || !otherCampaigns)
                .toList();
        for (int from = 0; from < gone.size(); from += turn.policy.namedMax()) {
            turn.emit(new JobEvent.EntitiesDeleted(state.counts().passes(), DeletionReason.SURPLUS,
                    gone.subList(from, Math.min(from + turn.policy.namedMax(), gone.size()))));
        }
    }

    private static boolean isCampaign(FoundEntity entity) {
        return entity.slot().type() == EntityType.CAMPAIGN;
    }

    private static void finish(Turn turn) {
        var state = turn.state();
        if (state.declined()) {
            RollbackRules.failDeclined(turn);
        } else {
            var campaignId = Objects.requireNonNull(Objects.requireNonNull(state.slot(SlotId.CAMPAIGN)).facebookId());
            turn.emit(new JobEvent.JobCompleted(campaignId, state.plan().adSets(), state.plan().ads()));
        }
    }

    private static void lookAgain(Turn turn, VerificationReport report) {
        var fault = report.fault();
        if (fault != null && fault.kind() == ErrorKind.RATE_LIMIT) {
            turn.waitForLimit(fault, null);
        } else if (report.lookAgainAt() != null) {
            turn.lookAfterPause(report.lookAgainAt(), "reads may still lag behind what was created");
        } else {
            unread(turn, fault == null ? Fault.temporary("the look said nothing") : fault);
        }
    }

    /** Everything may be in place: that it cannot be read is no reason to delete it, and after a while one to ask. */
    private static void unread(Turn turn, Fault fault) {
        var looks = turn.state().look().unread();
        if (!turn.state().allFilled() || turn.state().declined()) {
            CreationRules.retryOrRollBack(turn, fault);
        } else if (looks <= turn.policy.unreadLooksMax()) {
            turn.lookAt(turn.policy.retryAt(turn.now, turn.jobId, looks),
                    "what was created could not be read, which costs no retry: " + fault.described());
        } else {
            turn.emit(new JobEvent.RollbackProposed(
                    "everything was created, but it cannot be read: " + fault.described()));
        }
    }

    /** Frees the slots whose entity does not exist, ties entities to free slots, and has the rest removed. */
    private static void reconcile(Turn turn, VerificationReport report) {
        int reopened = reopen(turn, report);
        var surplus = adopt(turn, report);
        if (!surplus.isEmpty()) {
            turn.emit(new JobEvent.DeletionRequested(turn.state().counts().passes() + 1, DeletionReason.SURPLUS,
                    surplus));
        } else if (turn.state().declined()) {
            if (turn.state().settledBy(report.lookedAt())) {
                RollbackRules.failDeclined(turn);
            } else {
                turn.lastLook();
            }
        } else if (turn.state().allFilled()) {
            turn.verify();
        } else if (reopened > 0) {
            CreationRules.retryOrRollBack(turn,
                    Fault.temporary("Facebook had said yes to " + reopened + " entities that do not exist"));
        } else {
            turn.create();
        }
    }

    /** @return how many slots are free again */
    private static int reopen(Turn turn, VerificationReport report) {
        var gone = report.missing().stream().filter(id -> {
            var slot = turn.state().slot(id);
            return slot != null && slot.filled();
        }).toList();
        if (!gone.isEmpty()) {
            turn.emit(new JobEvent.SlotsReopened(gone, "Facebook had said yes, but the entity does not exist"));
        }
        return gone.size();
    }

    /** @return entities for which no slot is free, as many as a request may name: the look after it shows the rest */
    private static List<FoundEntity> adopt(Turn turn, VerificationReport report) {
        var adopted = new ArrayList<CreatedSlot>();
        var surplus = new ArrayList<FoundEntity>();
        for (var entity : report.unknownToSlots()) {
            var slot = turn.state().slot(entity.slot());
            var taken = slot == null || slot.filled()
                    || adopted.stream().anyMatch(other -> other.id().equals(entity.slot()));
            if (!taken) {
                adopted.add(new CreatedSlot(entity.slot(), entity.facebookId(), true));
            } else if (!turn.state().holds(entity.facebookId())
                    && adopted.stream().noneMatch(other -> other.facebookId().equals(entity.facebookId()))) {
                surplus.add(entity);
            }
        }
        if (!adopted.isEmpty()) {
            turn.emit(new JobEvent.SlotsCreated(0, adopted, turn.now));
        }
        return surplus.subList(0, Math.min(surplus.size(), turn.policy.namedMax()));
    }
}
