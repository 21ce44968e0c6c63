package io.campaignlauncher.job.model;

import io.campaignlauncher.job.model.JobState.Cancellation;
import io.campaignlauncher.job.model.JobState.Doubts;
import io.campaignlauncher.job.model.JobState.Rollback;
import io.campaignlauncher.job.model.JobState.Round;
import io.campaignlauncher.job.model.JobState.Start;
import io.campaignlauncher.job.model.JobState.Terms;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each event does to the state. Decides nothing. */
final class Evolution {

    private Evolution() {}

    static JobState evolve(JobState state, JobEvent event) {
        return switch (event) {
            case JobEvent.JobAccepted e -> accepted(state, e);
            case JobEvent.PreVerificationRequested e -> preVerificationRequested(state, e);
            case JobEvent.PreVerificationCompleted e -> state.accepting(state.terms().with(e.report().media()))
                    .awaiting(Awaited.NOTHING).starting(start -> start.in(e.report().timeZone()));
            case JobEvent.LaunchScheduled e -> state.in(Phase.AWAITING_START)
                    .waitingFor(e.waitNumber(), e.startAt());
            case JobEvent.LaunchRescheduled e -> state.starting(start -> start.movedTo(e.startAt()));
            case JobEvent.CreationRequested e -> state.in(Phase.CREATING)
                    .awaiting(Awaited.CREATION)
                    .counting(c -> c.withRounds(e.round()))
                    .inRound(Round.NONE)
                    .changing(e.slots(), id -> id, (slot, _) -> slot.creating());
            case JobEvent.SlotsCreated e -> slotsCreated(state, e);
            case JobEvent.SlotsFailed e -> slotsFailed(state, e);
            case JobEvent.CreationRoundEnded e -> roundEnded(state, e);
            case JobEvent.RetryScheduled e -> retryScheduled(state, e);
            case JobEvent.RateLimitReached e -> state.waitingFor(e.waitNumber(), e.until());
            case JobEvent.LookScheduled e -> state.waitingFor(e.waitNumber(), e.at());
            case JobEvent.VerificationRequested e -> state.in(Phase.VERIFYING)
                    .awaiting(Awaited.VERIFICATION)
                    .withDoubts(Doubts.NONE.unread(state.doubts().unread()))
                    .counting(c -> c.withVerifications(e.attempt()));
            case JobEvent.VerificationCompleted e -> verificationCompleted(state, e);
            case JobEvent.SlotsReopened e -> state.changing(e.slots(), id -> id, (slot, _) -> slot.reopened());
            case JobEvent.RollbackProposed e -> state.in(Phase.AWAITING_CONFIRMATION)
                    .awaiting(Awaited.PERSON)
                    .withRollback(new Rollback(e.reason(), false, null));
            case JobEvent.RollbackDeclined e -> state.in(Phase.VERIFYING)
                    .awaiting(Awaited.NOTHING)
                    .withRollback(new Rollback(e.reason(), true, null));
            case JobEvent.RollbackStarted e -> state.in(Phase.ROLLING_BACK)
                    .awaiting(Awaited.NOTHING)
                    .withRollback(new Rollback(e.reason(), false, e.confirmedBy()));
            case JobEvent.JobCancelled e -> state.cancelled(new Cancellation(e.userId(), e.reason()));
            case JobEvent.DeletionRequested e -> deletionRequested(state, e);
            case JobEvent.EntitiesSnapshotted e -> snapshotted(state, e);
            case JobEvent.EntitiesDeleted e -> entitiesDeleted(state, e);
            case JobEvent.DeletionPassEnded e -> passEnded(state, e);
            case JobEvent.JobCompleted _ -> state.in(Phase.COMPLETED).awaiting(Awaited.NOTHING);
            case JobEvent.JobFailed _ -> state.in(Phase.FAILED).awaiting(Awaited.NOTHING);
            case JobEvent.JobRolledBack _ -> state.in(Phase.ROLLED_BACK).awaiting(Awaited.NOTHING);
        };
    }

    private static JobState accepted(JobState state, JobEvent.JobAccepted e) {
        var plan = LaunchPlan.of(e.request(), e.adSets(), e.ads());
        return new JobState(Phase.PRE_VERIFYING,
                new Terms(e.request(), e.fingerprint(), plan, e.retryBudget(), e.rollbackPolicy(), e.duplicateName(),
                        e.label(), false, e.media(), new Start(e.request().startAt(), null)),
                Collections.nCopies(plan.slots().size(), Slot.PENDING), Awaited.NOTHING, null, JobCounts.NONE, null,
                null,
                Round.NONE, Doubts.NONE, List.of(), List.of(), Set.of(), state.rollback(),
                state.cancellation());
    }

    private static JobState preVerificationRequested(JobState state, JobEvent.PreVerificationRequested e) {
        var t = state.terms();
        var terms = new Terms(t.request(), t.fingerprint(), t.plan(), t.retryBudget(), t.rollbackPolicy(),
                t.duplicateName(),
                t.label(), e.nameTakenByAnotherJob(), t.media(), t.start());
        var readable = e.conclusiveFrom() == null ? state : state.readableNoSoonerThan(e.conclusiveFrom());
        return readable.accepting(terms)
                .in(Phase.PRE_VERIFYING)
                .awaiting(Awaited.PRE_VERIFICATION)
                .counting(c -> c.withPreVerifications(e.attempt()));
    }

    private static JobState slotsCreated(JobState state, JobEvent.SlotsCreated e) {
        var outdated = state.awaited() == Awaited.VERIFICATION;
        var byLatestRound = e.round() == state.counts().rounds();
        return state.changing(e.slots(), CreatedSlot::id,
                (slot, created) -> slot.created(created.facebookId(), byLatestRound))
                .readableNoSoonerThan(e.readableFrom())
                .inRound(new Round(true, state.round().faults()))
                .withDoubts(state.doubts().outdated(outdated));
    }

    private static JobState slotsFailed(JobState state, JobEvent.SlotsFailed e) {
        var parentMissing = e.slots().stream().anyMatch(item -> item.fault().objectMissing());
        return state.changing(e.slots(), FailedSlot::id, (slot, failed) -> slot.failed(failed.fault()))
                .settlingNoSoonerThan(e.settledAt())
                .inRound(state.round().with(e.slots()))
                .withDoubts(parentMissing ? state.doubts().parentMissing() : state.doubts());
    }

    /** Slots that were in the round but in no report were not sent, unless the worker died: then nobody knows. */
    private static JobState roundEnded(JobState state, JobEvent.CreationRoundEnded e) {
        var interrupted = e.end() == RoundEnd.INTERRUPTED;
        var mayHaveSent = interrupted || e.end() == RoundEnd.UNHEARD;
        var unreported = state.slotsWhere(slot -> slot.status() == SlotStatus.CREATING);
        return state.awaiting(Awaited.NOTHING)
                .changing(unreported, id -> id, (slot, _) -> slot.notReported(mayHaveSent))
                .settlingNoSoonerThan(e.settledAt())
                .counting(c -> interrupted ? c.interrupted() : c);
    }

    private static JobState retryScheduled(JobState state, JobEvent.RetryScheduled e) {
        var deleting = state.phase() == Phase.ROLLING_BACK;
        return state.waitingFor(e.waitNumber(), e.at())
                .counting(c -> deleting ? c.withRetries(e.retryCount()).deletionRetried()
                        : c.withRetries(e.retryCount()));
    }

    private static JobState verificationCompleted(JobState state, JobEvent.VerificationCompleted e) {
        var unread = e.report().unread() ? state.doubts().unread() + 1 : 0;
        var answered = state.awaiting(Awaited.NOTHING).withDoubts(Doubts.NONE.unread(unread));
        return e.report().outcome() == VerificationOutcome.REFUSED ? answered.in(Phase.CREATING) : answered;
    }

    private static JobState deletionRequested(JobState state, JobEvent.DeletionRequested e) {
        return state.in(e.reason() == DeletionReason.SURPLUS ? Phase.REMOVING_SURPLUS : Phase.ROLLING_BACK)
                .awaiting(Awaited.DELETION)
                .withSurplus(e.surplus())
                .keeping(Set.of())
                .counting(c -> c.withPasses(e.pass()));
    }

    private static JobState snapshotted(JobState state, JobEvent.EntitiesSnapshotted e) {
        return state.keeping(Stream.concat(state.kept().stream(),
                e.snapshots().stream().map(snapshot -> snapshot.entity().facebookId())).collect(Collectors.toSet()));
    }

    private static JobState entitiesDeleted(JobState state, JobEvent.EntitiesDeleted e) {
        var ids = e.entities().stream().map(FoundEntity::facebookId).collect(Collectors.toSet());
        var confirmed = state.unconfirmed(without(ids, state.unconfirmed()));
        return switch (e.reason()) {
            case SURPLUS -> confirmed.withSurplus(without(ids, state.surplus()));
            case ROLLBACK -> {
                var after = confirmed.changing(e.entities(), FoundEntity::slot,
                        (slot, entity) -> entity.facebookId().equals(slot.facebookId()) ? slot.rolledBack() : slot);
                // A rollback that has deleted something has all its retries again.
                yield after.filled() < state.filled()
                        ? after.counting(JobCounts::withoutDeletionRetries)
                        : after;
            }
        };
    }

    /** What the pass found exists, also where an earlier one had taken it for gone. */
    private static JobState passEnded(JobState state, JobEvent.DeletionPassEnded e) {
        var failed = e.failed().stream().map(UndeletedEntity::entity).toList();
        var ids = e.unconfirmed().stream().map(FoundEntity::facebookId).collect(Collectors.toSet());
        return state.awaiting(Awaited.NOTHING)
                .changing(Stream.concat(failed.stream(), e.unconfirmed().stream()).toList(), FoundEntity::slot,
                        (slot, entity) -> entity.facebookId().equals(slot.facebookId()) ? slot.foundAgain() : slot)
                .withSurplus(without(ids, state.surplus()))
                .unconfirmed(Stream.concat(without(ids, state.unconfirmed()).stream(), e.unconfirmed().stream())
                        .toList())
                .settlingNoSoonerThan(e.settledAt());
    }

    private static List<FoundEntity> without(Set<String> ids, List<FoundEntity> entities) {
        return entities.stream().filter(entity -> !ids.contains(entity.facebookId())).toList();
    }
}
