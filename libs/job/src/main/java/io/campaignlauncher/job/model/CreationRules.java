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
    static Decision record(DecisionBuilder builder, CreationReport report) {
        if (builder.state().phase().settled()) {
            return builder.done();
        }
        recordCreated(builder, report);
        if (underWay(builder.state(), report)) {
            recordFailed(builder, report);
            if (report.end() != RoundEnd.NOT_YET) {
                end(builder, report);
            }
        }
        return builder.done();
    }

    private static boolean underWay(JobState state, CreationReport report) {
        return state.awaited() == Awaited.CREATION && report.round() == state.counts().rounds();
    }

    /**
     * Nothing was heard of the round under way. Its command may have been lost, or wait for a creator, or its creator may be gone:
     * what came of it is read once it must have settled, also if it was claimed at the last moment.
     */
    static void unheard(DecisionBuilder builder, Instant lastEventAt) {
        var over = lastEventAt.plus(builder.policy.commandValidity()).plus(builder.policy.roundMax());
        end(builder, new CreationReport(builder.state().counts().rounds(), List.of(), List.of(), RoundEnd.UNHEARD, null,
                over.isAfter(builder.now) ? over : builder.now, 0));
    }

    /** Ends the round under way without saying what follows. No creator should have got its command; if one has, the round is over by then. */
    static void endUnheard(DecisionBuilder builder) {
        var over = builder.now.plus(builder.policy.commandValidity()).plus(builder.policy.roundMax());
        builder.emit(new JobEvent.CreationRoundEnded(builder.state().counts().rounds(), RoundEnd.UNHEARD,
                settledAt(builder, over), 0));
    }

    private static void recordCreated(DecisionBuilder builder, CreationReport report) {
        var named = new HashSet<SlotId>();
        var fresh = report.created().stream()
                .filter(created -> isNews(builder.state(), report, created) && named.add(created.id()))
                .toList();
        if (!fresh.isEmpty()) {
            builder.emit(new JobEvent.SlotsCreated(report.round(), fresh, builder.now.plus(builder.policy.readLag())));
        }
    }

    /**
     * A slot keeps its first entity; a second one bears the same name, so that the next verification finds it. One that was missing
     * or deleted counts only where the round under way has found it after all: anything else is an old report.
     */
    private static boolean isNews(JobState state, CreationReport report, CreatedSlot created) {
        var slot = state.slot(created.id());
        return slot != null && !slot.filled() && (!slot.gone().contains(created.facebookId())
                || created.adopted() && underWay(state, report));
    }

    private static void recordFailed(DecisionBuilder builder, CreationReport report) {
        var failed = report.failed().stream().filter(item -> isNews(builder.state(), item)).toList();
        if (!failed.isEmpty()) {
            var unknown = failed.stream().anyMatch(item -> item.fault().outcomeUnknown());
            builder.emit(new JobEvent.SlotsFailed(report.round(), failed,
                    unknown ? settledAt(builder, report.quietAt()) : null));
        }
    }

    /** A slot fails once in a round; what its first report did not say is that its outcome is unknown. */
    private static boolean isNews(JobState state, FailedSlot failed) {
        var slot = state.slot(failed.id());
        return slot != null && !slot.filled() && (slot.status() == SlotStatus.CREATING
                || failed.fault().outcomeUnknown() && !slot.outcomeUnknown());
    }

    /** The round asked for a slot that an earlier one fills: no news of the slot, but a second entity may exist, or come. */
    private static boolean mayHaveMadeSecond(JobState state, CreationReport report) {
        var lost = report.failed().stream().filter(item -> item.fault().outcomeUnknown()).anyMatch(item -> {
            var slot = state.slot(item.id());
            return slot != null && slot.mayGetSecond();
        });
        return lost || report.created().stream().anyMatch(item -> {
            var slot = state.slot(item.id());
            return slot != null && slot.mayGetSecond() && !item.facebookId().equals(slot.facebookId());
        });
    }

    private static Instant settledAt(DecisionBuilder builder, @Nullable Instant quietAt) {
        var quiet = quietAt == null || quietAt.isBefore(builder.now) ? builder.now : quietAt;
        return quiet.plus(builder.policy.settleDelay());
    }

    private static void end(DecisionBuilder builder, CreationReport report) {
        var interrupted = report.end() == RoundEnd.INTERRUPTED;
        var unheard = report.end() == RoundEnd.UNHEARD;
        var mayHaveSent = (interrupted || unheard) && !builder.state().allFilledOnce()
                || mayHaveMadeSecond(builder.state(), report);
        builder.emit(new JobEvent.CreationRoundEnded(report.round(), report.end(),
                mayHaveSent ? settledAt(builder, report.quietAt()) : null, report.httpCalls()));
        var state = builder.state();
        var permanent = state.round().fault(ErrorKind.PERMANENT);
        var limit = state.round().fault(ErrorKind.RATE_LIMIT);
        var temporary = state.round().fault(ErrorKind.TEMPORARY);
        var flaky = state.round().flakyRefusal();
        if (state.toBeTakenBack()) {
            CancellationRules.takeBack(builder);
        } else if (state.allFilled()) {
            verifyWhenSettled(builder);
        } else if (permanent.isPresent()) {
            RollbackRules.begin(builder, permanent.get().described());
        } else if (flaky.isPresent() && state.flakyRefusals() > JobPolicy.FLAKY_TRIES_MAX) {
            RollbackRules.begin(builder, "refused " + state.flakyRefusals() + " times: " + flaky.get().described());
        } else if (report.end() == RoundEnd.RATE_LIMITED || limit.isPresent()) {
            builder.waitForLimit(limit.orElseGet(() -> limitWithoutFault(report)), report.resumeAt());
        } else if (unheard || interrupted && state.counts().interruptions() <= builder.policy.interruptionsMax()) {
            builder.waitUntil(Objects.requireNonNull(state.settledAt()),
                    unheard ? "nothing was heard of a round; what it may have sent is looked for once it must have settled"
                            : "a worker was cut short; what it had sent is looked for once it must have settled");
        } else if (flaky.isPresent() && temporary.isEmpty() && !interrupted) {
            builder.retryFlaky(flaky.get());
        } else if (temporary.isPresent() || interrupted || !state.round().progressed()) {
            retryOrRollBack(builder, temporary.orElseGet(() -> Fault.temporary(
                    interrupted ? "the creation was cut short too often" : "nothing could be sent in this round")));
        } else {
            builder.create();
        }
    }

    private static void verifyWhenSettled(DecisionBuilder builder) {
        var settledAt = builder.state().settledAt();
        if (settledAt != null && settledAt.isAfter(builder.now)) {
            builder.waitUntilSettled();
        } else {
            builder.verify();
        }
    }

    static void retryOrRollBack(DecisionBuilder builder, Fault fault) {
        if (builder.retriesLeft()) {
            builder.retry(fault);
        } else if (builder.state().declined()) {
            RollbackRules.failDeclined(builder, fault);
        } else {
            RollbackRules.begin(builder, "the retries are used up: " + fault.described());
        }
    }

    private static Fault limitWithoutFault(CreationReport report) {
        return new Fault(ErrorKind.RATE_LIMIT, false, null, null, "the account is limited", null, report.resumeAt());
    }
}
