package io.campaignlauncher.job.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a job ends in nothing, or in what a person wants to keep. */
final class RollbackRules {

    private RollbackRules() {}

    /** The job cannot reach its goal: by its policy it is rolled back at once or waits for a person. */
    static void begin(Turn turn, String reason) {
        switch (turn.state().terms().rollbackPolicy()) {
            case AUTOMATIC -> start(turn, reason, null);
            case CONFIRM -> {
                if (nothingCanExist(turn.state())) {
                    start(turn, reason, null);
                } else {
                    turn.emit(new JobEvent.RollbackProposed(reason));
                }
            }
        }
    }

    private static void start(Turn turn, String reason, @Nullable String confirmedBy) {
        turn.emit(new JobEvent.RollbackStarted(reason, confirmedBy));
        if (nothingCanExist(turn.state())) {
            turn.emit(new JobEvent.JobRolledBack(reason));
        } else {
            turn.delete(DeletionReason.ROLLBACK);
        }
    }

    private static boolean nothingCanExist(JobState state) {
        return state.noneFilled() && state.settledAt() == null && state.surplus().isEmpty();
    }

    static Decision decide(Turn turn, JobCommand.DecideRollback command) {
        var state = turn.state();
        var rollback = state.rollback();
        if (state.awaited() == Awaited.PERSON) {
            if (command.confirmed()) {
                start(turn, Objects.requireNonNull(rollback).reason(), command.userId());
            } else {
                turn.emit(new JobEvent.RollbackDeclined(command.userId(), command.reason()));
                if (state.settledAt() == null) {
                    failDeclined(turn);
                } else if (state.settledAt().isAfter(turn.now)) {
                    turn.lastLook();
                } else {
                    turn.verify();
                }
            }
            return turn.done();
        }
        var sameAgain = rollback != null
                && (command.confirmed() ? rollback.confirmedBy() != null : rollback.declined());
        return sameAgain ? turn.done() : Decision.refuse(new Refusal.JobNotWaiting());
    }

    static void failDeclined(Turn turn) {
        turn.emit(new JobEvent.JobFailed(List.of(declined(turn))));
    }

    /** The look that was to tell what stays did not come to its end. */
    static void failDeclined(Turn turn, Fault fault) {
        turn.emit(new JobEvent.JobFailed(List.of(declined(turn),
                "more may exist than the job knows of; the retries are used up: " + fault.described())));
    }

    private static String declined(Turn turn) {
        return "the rollback was declined; what exists stays: "
                + Objects.requireNonNull(turn.state().rollback()).reason();
    }

    static Decision recordSnapshots(Turn turn, JobCommand.RecordSnapshots command) {
        var state = turn.state();
        if (state.awaited() == Awaited.DELETION && command.pass() == state.counts().passes()) {
            var fresh = command.snapshots().stream()
                    .filter(snapshot -> !state.kept().contains(snapshot.entity().facebookId()))
                    .toList();
            if (!fresh.isEmpty()) {
                turn.emit(new JobEvent.EntitiesSnapshotted(command.pass(), fresh));
            }
        }
        return turn.done();
    }

    static Decision record(Turn turn, DeletionReport report) {
        var state = turn.state();
        if (state.awaited() != Awaited.DELETION || report.pass() != state.counts().passes()
                || report.end() == RoundEnd.NOT_YET) {
            return turn.done();
        }
        var reason = state.phase() == Phase.REMOVING_SURPLUS ? DeletionReason.SURPLUS : DeletionReason.ROLLBACK;
        if (!report.deleted().isEmpty()) {
            turn.emit(new JobEvent.EntitiesDeleted(report.pass(), reason, report.deleted()));
        }
        turn.emit(new JobEvent.DeletionPassEnded(report.pass(), report.failed(), report.httpCalls()));
        var fault = report.fault() != null ? report.fault()
                : report.failed().isEmpty() ? null : report.failed().getFirst().fault();
        if (report.end() == RoundEnd.RATE_LIMITED || fault != null && fault.kind() == ErrorKind.RATE_LIMIT) {
            turn.waitForLimit(fault == null ? Fault.temporary("the account is limited") : fault, report.resumeAt());
        } else if (fault != null) {
            again(turn, reason, fault);
        } else {
            switch (reason) {
                case SURPLUS -> turn.verify();
                case ROLLBACK -> finish(turn, report);
            }
        }
        return turn.done();
    }

    private static void again(Turn turn, DeletionReason reason, Fault fault) {
        switch (reason) {
            case SURPLUS -> CreationRules.retryOrRollBack(turn, fault);
            case ROLLBACK -> {
                int retry = turn.state().counts().deletionRetries() + 1;
                if (retry <= turn.policy.deletionRetriesMax()) {
                    turn.scheduleRetry(turn.state().counts().retries(), retry, fault, null);
                } else {
                    turn.emit(new JobEvent.JobFailed(List.of("rolled back in part only: " + fault.described(),
                            "rollback because: " + Objects.requireNonNull(turn.state().rollback()).reason())));
                }
            }
        }
    }

    /** Everything that the pass saw is gone. That is the end, if nothing can appear after its look. */
    private static void finish(Turn turn, DeletionReport report) {
        var state = turn.state();
        if (!state.noneFilled() && report.deleted().isEmpty()) {
            again(turn, DeletionReason.ROLLBACK, Fault.temporary("entities are left that the pass did not mention"));
        } else if (!state.noneFilled()) {
            turn.delete(DeletionReason.ROLLBACK);
        } else if (state.settledBy(report.lookedAt())) {
            turn.emit(new JobEvent.JobRolledBack(Objects.requireNonNull(state.rollback()).reason()));
        } else {
            turn.lastLook();
        }
    }
}
