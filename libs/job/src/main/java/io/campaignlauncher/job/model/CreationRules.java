package io.campaignlauncher.job.model;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What follows from a creation report. */
final class CreationRules {

    private CreationRules() {}

    /** A report is a fact: entities are recorded whatever the phase; failures and the end count for the round under way. */
    static Decision record(Turn turn, CreationReport report) {
        if (turn.state().phase().settled()) {
            return turn.done();
        }
        recordCreated(turn, report);
        if (underWay(turn.state(), report)) {
            recordFailed(turn, report);
            if (report.end() != RoundEnd.NOT_YET) {
                end(turn, report);
            }
        }
        return turn.done();
    }

    private static boolean underWay(JobState state, CreationReport report) {
        return state.awaited() == Awaited.CREATION && report.round() == state.counts().rounds();
    }

    /**
     * Nothing was heard of the round under way. Its command may have been lost, or wait for a creator, or its creator may be gone:
     * whatever it may have sent is looked for once it must have settled, also if it was claimed at the last moment.
     */
    static void unheard(Turn turn, Instant quietSince) {
        var over = quietSince.plus(turn.policy.commandValidity()).plus(turn.policy.roundMax());
        end(turn, new CreationReport(turn.state().counts().rounds(), List.of(), List.of(), RoundEnd.UNHEARD, null,
                over.isAfter(turn.now) ? over : turn.now, 0));
    }

    /** Ends the round under way without saying what follows. Nobody should have heard of it; if one has, it is over by then. */
    static void endUnheard(Turn turn) {
        var over = turn.now.plus(turn.policy.commandValidity()).plus(turn.policy.roundMax());
        turn.emit(new JobEvent.CreationRoundEnded(turn.state().counts().rounds(), RoundEnd.UNHEARD,
                settledAt(turn, over), 0));
    }

    private static void recordCreated(Turn turn, CreationReport report) {
        var told = new HashSet<SlotId>();
        var fresh = report.created().stream()
                .filter(created -> isNews(turn.state(), report, created) && told.add(created.id()))
                .toList();
        if (!fresh.isEmpty()) {
            turn.emit(new JobEvent.SlotsCreated(report.round(), fresh, turn.now.plus(turn.policy.readLag())));
        }
    }

    /**
     * A slot keeps its first entity; a second one bears the same name, so that the next look finds it. One that was missing
     * or deleted counts only where the round under way has found it after all: anything else is an old report.
     */
    private static boolean isNews(JobState state, CreationReport report, CreatedSlot created) {
        var slot = state.slot(created.id());
        return slot != null && !slot.filled() && (!slot.gone().contains(created.facebookId())
                || created.adopted() && underWay(state, report));
    }

    private static void recordFailed(Turn turn, CreationReport report) {
        var failed = report.failed().stream().filter(item -> isNews(turn.state(), item)).toList();
        if (!failed.isEmpty()) {
            var unknown = failed.stream().anyMatch(item -> item.fault().outcomeUnknown());
            turn.emit(new JobEvent.SlotsFailed(report.round(), failed,
                    unknown ? settledAt(turn, report.quietAt()) : null));
        }
    }

    /** A slot fails once in a round; what its first report did not say is that its outcome is unknown. */
    private static boolean isNews(JobState state, FailedSlot failed) {
        var slot = state.slot(failed.id());
        return slot != null && !slot.filled() && (slot.status() == SlotStatus.CREATING
                || failed.fault().outcomeUnknown() && !slot.outcomeUnknown());
    }

    private static Instant settledAt(Turn turn, @Nullable Instant quietAt) {
        var quiet = quietAt == null || quietAt.isBefore(turn.now) ? turn.now : quietAt;
        return quiet.plus(turn.policy.settleDelay());
    }

    private static void end(Turn turn, CreationReport report) {
        var interrupted = report.end() == RoundEnd.INTERRUPTED;
        var unheard = report.end() == RoundEnd.UNHEARD;
        turn.emit(new JobEvent.CreationRoundEnded(report.round(), report.end(),
                (interrupted || unheard) && !turn.state().allFilled() ? settledAt(turn, report.quietAt()) : null,
                report.httpCalls()));
        var state = turn.state();
        var permanent = state.round().fault(ErrorKind.PERMANENT);
        var limit = state.round().fault(ErrorKind.RATE_LIMIT);
        var temporary = state.round().fault(ErrorKind.TEMPORARY);
        var flaky = state.round().flakyRefusal();
        if (state.allFilled()) {
            verifyWhenSettled(turn);
        } else if (permanent.isPresent()) {
            RollbackRules.begin(turn, permanent.get().described());
        } else if (flaky.isPresent() && state.flakyRefusals() > JobPolicy.FLAKY_TRIES_MAX) {
            RollbackRules.begin(turn, "refused " + state.flakyRefusals() + " times: " + flaky.get().described());
        } else if (report.end() == RoundEnd.RATE_LIMITED || limit.isPresent()) {
            turn.waitForLimit(limit.orElseGet(() -> limitWithoutFault(report)), report.resumeAt());
        } else if (unheard || interrupted && state.counts().interruptions() <= turn.policy.interruptionsMax()) {
            turn.lookAt(Objects.requireNonNull(state.settledAt()),
                    unheard ? "nothing was heard of a round; what it may have sent is looked for once it must have settled"
                            : "a worker was cut short; what it had sent is looked for once it must have settled");
        } else if (flaky.isPresent() && temporary.isEmpty() && !interrupted) {
            turn.retryFlaky(flaky.get());
        } else if (temporary.isPresent() || interrupted || !state.round().progressed()) {
            retryOrRollBack(turn, temporary.orElseGet(() -> Fault.temporary(
                    interrupted ? "the creation was cut short too often" : "nothing could be sent in this round")));
        } else {
            turn.create();
        }
    }

    private static void verifyWhenSettled(Turn turn) {
        var settledAt = turn.state().settledAt();
        if (settledAt != null && settledAt.isAfter(turn.now)) {
            turn.lastLook();
        } else {
            turn.verify();
        }
    }

    static void retryOrRollBack(Turn turn, Fault fault) {
        if (turn.retriesLeft()) {
            turn.retry(fault);
        } else if (turn.state().declined()) {
            RollbackRules.failDeclined(turn, fault);
        } else {
            RollbackRules.begin(turn, "the retries are used up: " + fault.described());
        }
    }

    private static Fault limitWithoutFault(CreationReport report) {
        return new Fault(ErrorKind.RATE_LIMIT, false, null, null, "the account is limited", null, report.resumeAt());
    }
}
