package io.campaignlauncher.job.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** How a job ends in nothing, or in what a person wants to keep. */
final class RollbackRules {

    /** Further entities are counted and not named, so that a reason stays readable. */
    private static final int NAMED_MAX = 10;

    private RollbackRules() {}

    /** The job cannot reach its goal: by its policy it is rolled back at once or waits for a person. */
    static void begin(DecisionBuilder builder, String reason) {
        switch (builder.state().terms().rollbackPolicy()) {
            case AUTOMATIC -> start(builder, new JobEvent.RollbackStarted(reason, null));
            case CONFIRM -> {
                if (nothingCanExist(builder.state())) {
                    start(builder, new JobEvent.RollbackStarted(reason, null));
                } else {
                    builder.emit(new JobEvent.RollbackProposed(reason));
                }
            }
        }
    }

    private static void start(DecisionBuilder builder, JobEvent.RollbackStarted started) {
        builder.emit(started);
        if (nothingCanExist(builder.state())) {
            builder.emit(new JobEvent.JobRolledBack(started.reason()));
        } else {
            builder.delete(DeletionReason.ROLLBACK);
        }
    }

    private static boolean nothingCanExist(JobState state) {
        return state.noneFilled() && state.settledAt() == null && state.surplus().isEmpty();
    }

    static Decision decide(DecisionBuilder builder, JobCommand.DecideRollback command) {
        var state = builder.state();
        var rollback = state.rollback();
        if (state.awaited() == Awaited.PERSON) {
            if (command.confirmed()) {
                start(builder, new JobEvent.RollbackStarted(Objects.requireNonNull(rollback).reason(),
                        command.userId(), command.reason()));
            } else {
                builder.emit(new JobEvent.RollbackDeclined(command.userId(), command.reason()));
                if (state.settledAt() == null) {
                    failDeclined(builder);
                } else if (state.settledAt().isAfter(builder.now)) {
                    builder.waitUntilSettled();
                } else {
                    builder.verify();
                }
            }
            return builder.done();
        }
        var sameAgain = rollback != null
                && (command.confirmed() ? rollback.confirmedBy() != null : rollback.declined());
        return sameAgain ? builder.done() : Decision.refuse(new Refusal.JobNotWaiting());
    }

    static void failDeclined(DecisionBuilder builder) {
        builder.emit(new JobEvent.JobFailed(List.of(declined(builder)), false));
    }

    /** The verification that was to tell what stays did not come to its end. */
    static void failDeclined(DecisionBuilder builder, Fault fault) {
        builder.emit(new JobEvent.JobFailed(List.of(declined(builder),
                "more may exist than the job knows of; the retries are used up: " + fault.described()), false));
    }

    private static String declined(DecisionBuilder builder) {
        return "the rollback was declined; what exists stays: "
                + Objects.requireNonNull(builder.state().rollback()).reason();
    }

    static Decision recordSnapshots(DecisionBuilder builder, JobCommand.RecordSnapshots command) {
        var state = builder.state();
        if (state.awaited() == Awaited.DELETION && command.pass() == state.counts().passes()) {
            var fresh = command.snapshots().stream()
                    .filter(snapshot -> !state.kept().contains(snapshot.entity().facebookId()))
                    .toList();
            if (!fresh.isEmpty()) {
                builder.emit(new JobEvent.EntitiesSnapshotted(command.pass(), fresh));
            }
        }
        return builder.done();
    }

    static Decision record(DecisionBuilder builder, DeletionReport report) {
        var state = builder.state();
        if (state.awaited() != Awaited.DELETION || report.pass() != state.counts().passes()
                || report.end() == RoundEnd.NOT_YET) {
            return builder.done();
        }
        var reason = state.phase() == Phase.REMOVING_SURPLUS ? DeletionReason.SURPLUS : DeletionReason.ROLLBACK;
        var unconfirmed = report.deleted().stream().filter(entity -> isUnconfirmed(report, reason, entity)).toList();
        var gone = report.deleted().stream()
                .filter(entity -> !isUnconfirmed(report, reason, entity) && !state.knownAsGone(entity))
                .toList();
        // What an earlier pass reported as deleted has settled. What no pass has reported may have been deleted a moment ago.
        var deletedNow = !unconfirmed.isEmpty() || gone.stream().anyMatch(entity -> !state.unconfirmed(entity));
        var progress = !gone.isEmpty() || unconfirmed.stream().anyMatch(entity -> !state.unconfirmed(entity));
        if (!gone.isEmpty()) {
            builder.emit(new JobEvent.EntitiesDeleted(report.pass(), reason, gone));
        }
        builder.emit(new JobEvent.DeletionPassEnded(report.pass(), report.failed(), report.httpCalls(), unconfirmed,
                deletedNow ? builder.now.plus(builder.policy.readLag()) : null));
        if (state.toBeTakenBack()) {
            CancellationRules.takeBack(builder);
            return builder.done();
        }
        var fault = report.fault() != null ? report.fault()
                : report.failed().isEmpty() ? null : report.failed().getFirst().fault();
        if (report.end() == RoundEnd.RATE_LIMITED || fault != null && fault.kind() == ErrorKind.RATE_LIMIT) {
            builder.waitForLimit(fault == null ? Fault.temporary("the account is limited") : fault, report.resumeAt());
        } else if (progress && (deletedNow && fault == null || report.leftOut() > 0)) {
            // As long as a pass gets on, what it left for the next one is no failure.
            builder.waitUntilSettled();
        } else if (fault != null) {
            again(builder, reason, report, fault);
        } else if (deletedNow || report.found() > 0) {
            again(builder, reason, report, Fault.temporary("Facebook said that they are deleted, and still shows them: "
                    + named(unconfirmed.isEmpty() ? report.deleted() : unconfirmed)));
        } else {
            switch (reason) {
                case SURPLUS -> again(builder, reason, report, Fault.temporary("the pass did not mention the surplus"));
                case ROLLBACK -> finish(builder, report, progress);
            }
        }
        return builder.done();
    }

    /** Of surplus the next comparison shows what is gone, whatever the pass has seen. */
    private static boolean isUnconfirmed(DeletionReport report, DeletionReason reason, FoundEntity entity) {
        return reason == DeletionReason.SURPLUS || report.unconfirmed().contains(entity.facebookId());
    }

    private static void again(DecisionBuilder builder, DeletionReason reason, DeletionReport report, Fault fault) {
        switch (reason) {
            case SURPLUS -> CreationRules.retryOrRollBack(builder, fault);
            case ROLLBACK -> {
                int retry = builder.state().counts().deletionRetries() + 1;
                if (retry <= builder.policy.deletionRetriesMax()) {
                    builder.scheduleRetry(builder.state().counts().retries(), retry, fault,
                            report.fault() == null && report.failed().isEmpty() ? builder.state().settledAt() : null);
                } else {
                    builder.emit(new JobEvent.JobFailed(List.of("rolled back in part only: " + fault.described(),
                            "what is left, or may be: " + named(left(builder.state(), report)),
                            "rollback because: " + Objects.requireNonNull(builder.state().rollback()).reason()),
                            false));
                }
            }
        }
    }

    /** Everything that was not seen to be gone, each once. */
    private static List<FoundEntity> left(JobState state, DeletionReport report) {
        var byId = new LinkedHashMap<String, FoundEntity>();
        state.plan().slots().forEach(planned -> {
            var slot = Objects.requireNonNull(state.slot(planned.id()));
            if (slot.filled() && slot.facebookId() != null) {
                byId.put(slot.facebookId(), new FoundEntity(planned.id(), slot.facebookId(), planned.name()));
            }
        });
        report.failed().forEach(one -> byId.putIfAbsent(one.entity().facebookId(), one.entity()));
        state.unconfirmed().forEach(entity -> byId.putIfAbsent(entity.facebookId(), entity));
        return List.copyOf(byId.values());
    }

    private static String named(List<FoundEntity> entities) {
        var first = entities.stream().limit(NAMED_MAX)
                .map(entity -> "%s %s \"%s\"".formatted(typeName(entity.slot().type()), entity.facebookId(),
                        entity.name()))
                .collect(Collectors.joining(", "));
        return entities.size() <= NAMED_MAX ? first : first + " and " + (entities.size() - NAMED_MAX) + " more";
    }

    private static String typeName(EntityType type) {
        return switch (type) {
            case CAMPAIGN -> "campaign";
            case AD_SET -> "ad set";
            case AD -> "ad";
        };
    }

    /** The pass found nothing and did nothing new. That is the end, if nothing can appear after its reads. */
    private static void finish(DecisionBuilder builder, DeletionReport report, boolean progress) {
        var state = builder.state();
        if (progress && !state.unconfirmed().isEmpty()) {
            // More was deleted than one request names by id.
            builder.delete(DeletionReason.ROLLBACK);
        } else if (!state.noneFilled() || !state.unconfirmed().isEmpty()) {
            again(builder, DeletionReason.ROLLBACK, report,
                    Fault.temporary("entities are left that the pass did not mention"));
        } else if (state.settledBy(report.readAt())) {
            builder.emit(new JobEvent.JobRolledBack(Objects.requireNonNull(state.rollback()).reason()));
        } else {
            builder.waitUntilSettled();
        }
    }
}
