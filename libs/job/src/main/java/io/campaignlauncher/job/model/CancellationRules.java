package io.campaignlauncher.job.model;

import java.util.Objects;

/** What follows where somebody wants no more of a job: nothing more is created, what exists is taken back. */
final class CancellationRules {

    private CancellationRules() {}

    /**
     * What a worker is asked for at this moment is answered first, for it tells what exists. Where somebody decides
     * about a rollback, or has decided, or one is under way, that stands.
     */
    static Decision cancel(DecisionBuilder builder, JobCommand.CancelJob command) {
        var state = builder.state();
        if (state.cancellation() != null) {
            return builder.done();
        }
        if (state.phase().settled()) {
            return Decision.refuse(new Refusal.JobEnded());
        }
        builder.emit(new JobEvent.JobCancelled(command.userId(), command.reason()));
        if (builder.state().toBeTakenBack() && mayBeginNow(state)) {
            takeBack(builder);
        }
        return builder.done();
    }

    /** Before the first round there is nothing that an answer could tell of. */
    private static boolean mayBeginNow(JobState state) {
        return switch (state.awaited()) {
            case NOTHING, PRE_VERIFICATION -> true;
            case CREATION, VERIFICATION, DELETION, PERSON -> false;
        };
    }

    /** The rollback begins because the job was cancelled. */
    static void takeBack(DecisionBuilder builder) {
        RollbackRules.begin(builder, Objects.requireNonNull(builder.state().cancellation()).described());
    }
}
