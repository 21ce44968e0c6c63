package io.campaignlauncher.job.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What follows from comparing what Facebook holds with the slots. */
final class VerificationRules {

    private VerificationRules() {}

    static Decision record(DecisionBuilder builder, VerificationReport report) {
        var state = builder.state();
        if (state.awaited() != Awaited.VERIFICATION || report.attempt() != state.counts().verifications()) {
            return builder.done();
        }
        var outdated = state.doubts().outdated();
        builder.emit(new JobEvent.VerificationCompleted(report));
        confirmDeletions(builder, report);
        if (state.toBeTakenBack()) {
            if (!outdated && report.outcome() == VerificationOutcome.REFUSED) {
                reopen(builder, report);
                adopt(builder, report);
            }
            CancellationRules.takeBack(builder);
        } else if (outdated) {
            builder.verify();
        } else {
            switch (report.outcome()) {
                case INCONCLUSIVE -> verifyAgain(builder, report);
                case PASSED -> {
                    if (!builder.state().allFilled() && !builder.state().declined()) {
                        builder.create();
                    } else if (builder.state().settledBy(report.readAt())) {
                        finish(builder);
                    } else if (report.unread()) {
                        verifyAgain(builder, report);
                    } else {
                        builder.waitUntilSettled();
                    }
                }
                case REFUSED -> reconcile(builder, report);
            }
        }
        return builder.done();
    }

    /**
     * Surplus that was deleted, as Facebook said, and that a verification which came late enough and names everything does not
     * show. It reads the contents of the job's own campaign alone: while it shows another one, what was in that is not known to be
     * gone.
     */
    private static void confirmDeletions(DecisionBuilder builder, VerificationReport report) {
        var state = builder.state();
        if (report.outcome() == VerificationOutcome.INCONCLUSIVE || !state.settledBy(report.readAt())
                || report.unknownLeftOut() > 0) {
            return;
        }
        var shown = report.unknownToSlots().stream().map(FoundEntity::facebookId).collect(Collectors.toSet());
        var otherCampaigns = report.unknownToSlots().stream().anyMatch(VerificationRules::isCampaign);
        var gone = state.unconfirmed().stream().filter(entity -> !shown.contains(entity.facebookId()))
                .filter(entity -> isCampaign(entity) || !otherCampaigns)
                .toList();
        for (int from = 0; from < gone.size(); from += builder.policy.namedMax()) {
            builder.emit(new JobEvent.EntitiesDeleted(state.counts().passes(), DeletionReason.SURPLUS,
                    gone.subList(from, Math.min(from + builder.policy.namedMax(), gone.size()))));
        }
    }

    private static boolean isCampaign(FoundEntity entity) {
        return entity.slot().type() == EntityType.CAMPAIGN;
    }

    private static void finish(DecisionBuilder builder) {
        var state = builder.state();
        if (state.declined()) {
            RollbackRules.failDeclined(builder);
        } else {
            var campaignId = Objects.requireNonNull(Objects.requireNonNull(state.slot(SlotId.CAMPAIGN)).facebookId());
            builder.emit(new JobEvent.JobCompleted(campaignId, state.plan().adSets(), state.plan().ads()));
        }
    }

    private static void verifyAgain(DecisionBuilder builder, VerificationReport report) {
        var fault = report.fault();
        if (fault != null && fault.kind() == ErrorKind.RATE_LIMIT) {
            builder.waitForLimit(fault, null);
        } else if (report.verifyAgainAt() != null) {
            builder.waitUntilOrPause(report.verifyAgainAt(), "reads may still lag behind what was created");
        } else {
            unread(builder, fault == null ? Fault.temporary("the look said nothing") : fault);
        }
    }

    /** Everything may be in place: that it cannot be read is no reason to delete it, and after a while one to ask. */
    private static void unread(DecisionBuilder builder, Fault fault) {
        var verifications = builder.state().doubts().unread();
        if (!builder.state().allFilled() || builder.state().declined()) {
            CreationRules.retryOrRollBack(builder, fault);
        } else if (verifications <= builder.policy.unreadVerificationsMax()) {
            builder.waitUntil(builder.policy.retryAt(builder.now, builder.jobId, verifications),
                    "what was created could not be read, which costs no retry: " + fault.described());
        } else {
            builder.emit(new JobEvent.RollbackProposed(
                    "everything was created, but it cannot be read: " + fault.described()));
        }
    }

    /** Frees the slots whose entity does not exist, ties entities to free slots, and has the rest removed. */
    private static void reconcile(DecisionBuilder builder, VerificationReport report) {
        int reopened = reopen(builder, report);
        var surplus = adopt(builder, report);
        if (!surplus.isEmpty()) {
            builder.emit(new JobEvent.DeletionRequested(builder.state().counts().passes() + 1, DeletionReason.SURPLUS,
                    surplus));
        } else if (builder.state().declined()) {
            if (builder.state().settledBy(report.readAt())) {
                RollbackRules.failDeclined(builder);
            } else {
                builder.waitUntilSettled();
            }
        } else if (builder.state().allFilled()) {
            builder.verify();
        } else if (reopened > 0) {
            CreationRules.retryOrRollBack(builder,
                    Fault.temporary("Facebook had said yes to " + reopened + " entities that do not exist"));
        } else {
            builder.create();
        }
    }

    /** @return how many slots are free again */
    private static int reopen(DecisionBuilder builder, VerificationReport report) {
        var gone = report.missing().stream().filter(id -> {
            var slot = builder.state().slot(id);
            return slot != null && slot.filled();
        }).toList();
        if (!gone.isEmpty()) {
            builder.emit(new JobEvent.SlotsReopened(gone, "Facebook had said yes, but the entity does not exist"));
        }
        return gone.size();
    }

    /** @return entities for which no slot is free, as many as a request may name: the verification after it shows the rest */
    private static List<FoundEntity> adopt(DecisionBuilder builder, VerificationReport report) {
        var adopted = new ArrayList<CreatedSlot>();
        var surplus = new ArrayList<FoundEntity>();
        for (var entity : report.unknownToSlots()) {
            var slot = builder.state().slot(entity.slot());
            var taken = slot == null || slot.filled()
                    || adopted.stream().anyMatch(other -> other.id().equals(entity.slot()));
            if (!taken) {
                adopted.add(new CreatedSlot(entity.slot(), entity.facebookId(), true));
            } else if (!builder.state().holds(entity.facebookId())
                    && adopted.stream().noneMatch(other -> other.facebookId().equals(entity.facebookId()))) {
                surplus.add(entity);
            }
        }
        if (!adopted.isEmpty()) {
            builder.emit(new JobEvent.SlotsCreated(0, adopted, builder.now));
        }
        return surplus.subList(0, Math.min(surplus.size(), builder.policy.namedMax()));
    }
}
