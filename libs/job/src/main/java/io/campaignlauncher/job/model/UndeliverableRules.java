package io.campaignlauncher.job.model;

import java.util.List;
import java.util.Objects;

/** What follows where a request of the job can never reach the worker that should answer it. */
final class UndeliverableRules {

    private UndeliverableRules() {}

    /** Only the request that the job waits for counts: the news may come twice, and an older request may be told of again. */
    static Decision record(Turn turn, JobCommand.GiveUpRequest command) {
        var state = turn.state();
        if (state.awaited() != command.asked() || number(state) != command.number()) {
            return turn.done();
        }
        var fault = new Fault(ErrorKind.PERMANENT, false, null, null,
                "what was to be asked of a worker cannot be published: " + command.reason(), null, null);
        switch (command.asked()) {
            case PRE_VERIFICATION -> turn.emit(new JobEvent.JobFailed(List.of(fault.described())));
            case CREATION -> {
                CreationRules.endUnheard(turn);
                cannotGoOn(turn, fault);
            }
            case VERIFICATION -> {
                if (state.allFilled() && !state.declined()) {
                    turn.emit(new JobEvent.RollbackProposed(
                            "everything was created, but it cannot be looked at: " + fault.described()));
                } else {
                    cannotGoOn(turn, fault);
                }
            }
            case DELETION -> {
                if (state.phase() == Phase.ROLLING_BACK) {
                    turn.emit(new JobEvent.JobFailed(List.of("rolled back in part only: " + fault.described(),
                            "rollback because: " + Objects.requireNonNull(state.rollback()).reason())));
                } else {
                    cannotGoOn(turn, fault);
                }
            }
            case NOTHING, PERSON -> {
            }
        }
        return turn.done();
    }

    private static void cannotGoOn(Turn turn, Fault fault) {
        if (turn.state().declined()) {
            RollbackRules.failDeclined(turn, fault);
        } else {
            RollbackRules.begin(turn, fault.described());
        }
    }

    private static int number(JobState state) {
        return switch (state.awaited()) {
            case PRE_VERIFICATION -> state.counts().preVerifications();
            case CREATION -> state.counts().rounds();
            case VERIFICATION -> state.counts().verifications();
            case DELETION -> state.counts().passes();
            case NOTHING, PERSON -> 0;
        };
    }
}
