package io.campaignlauncher.job.model;

import java.util.List;
import java.util.Objects;

/** What follows where a request of the job can never reach the worker that should answer it. */
final class UndeliverableRules {

    private UndeliverableRules() {}

    /** Only the request that the job waits for counts: the news may come twice, and an older request may be told of again. */
    static Decision record(DecisionBuilder builder, JobCommand.GiveUpRequest command) {
        var state = builder.state();
        if (state.awaited() != command.asked() || number(state) != command.number()) {
            return builder.done();
        }
        var fault = new Fault(ErrorKind.PERMANENT, false, null, null,
                "what was to be asked of a worker cannot be published: " + command.reason(), null, null);
        switch (command.asked()) {
            case PRE_VERIFICATION -> builder.emit(new JobEvent.JobFailed(List.of(fault.described()), true));
            case CREATION -> {
                CreationRules.endUnheard(builder);
                cannotGoOn(builder, fault);
            }
            case VERIFICATION -> {
                if (state.allFilled() && !state.declined() && !state.toBeTakenBack()) {
                    builder.emit(new JobEvent.RollbackProposed(
                            "everything was created, but it cannot be looked at: " + fault.described()));
                } else {
                    cannotGoOn(builder, fault);
                }
            }
            case DELETION -> {
                if (state.phase() == Phase.ROLLING_BACK) {
                    builder.emit(new JobEvent.JobFailed(List.of("rolled back in part only: " + fault.described(),
                            "rollback because: " + Objects.requireNonNull(state.rollback()).reason()), false));
                } else {
                    cannotGoOn(builder, fault);
                }
            }
            case NOTHING, PERSON -> {
            }
        }
        return builder.done();
    }

    private static void cannotGoOn(DecisionBuilder builder, Fault fault) {
        if (builder.state().declined()) {
            RollbackRules.failDeclined(builder, fault);
        } else if (builder.state().toBeTakenBack()) {
            CancellationRules.takeBack(builder);
        } else {
            RollbackRules.begin(builder, fault.described());
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
