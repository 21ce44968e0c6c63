package io.campaignlauncher.job.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One decision in the making: the events so far and the state that they lead to. Lives within one call of {@link Job#decide}. */
final class DecisionBuilder {

    final String jobId;
    final Instant now;
    final JobPolicy policy;
    private final List<JobEvent> events = new ArrayList<>();
    private JobState state;

    DecisionBuilder(JobState state, DecisionContext context) {
        this.state = state;
        this.jobId = context.jobId();
        this.now = context.now();
        this.policy = context.policy();
    }

    JobState state() {
        return state;
    }

    void emit(JobEvent event) {
        events.add(event);
        state = Job.evolve(state, event);
    }

    Decision done() {
        return new Decision.Accepted(events);
    }

    /** Asks for the next thing that the phase needs. */
    void proceed() {
        switch (state.phase()) {
            case PRE_VERIFYING, AWAITING_START ->
                emit(new JobEvent.PreVerificationRequested(state.counts().preVerifications() + 1,
                        state.terms().nameTakenByAnotherJob(), state.readableFrom()));
            case CREATING -> {
                if (state.declined() || state.allFilled() || state.doubts().beforeCreating()) {
                    verify();
                } else {
                    create();
                }
            }
            case VERIFYING -> verify();
            case REMOVING_SURPLUS -> {
                if (state.surplus().isEmpty()) {
                    verify();
                } else {
                    delete(DeletionReason.SURPLUS);
                }
            }
            case ROLLING_BACK -> delete(DeletionReason.ROLLBACK);
            case ABSENT, AWAITING_CONFIRMATION, COMPLETED, FAILED, ROLLED_BACK -> {
            }
        }
    }

    /** Asks for what is still to be created; where an outcome is unknown, not before it must have settled. */
    void create() {
        var settledAt = state.settledAt();
        if (state.anyOutcomeUnknown() && settledAt != null && settledAt.isAfter(now)) {
            waitUntil(settledAt, "an earlier outcome is unknown; what exists is looked for once it must have settled");
        } else {
            emit(new JobEvent.CreationRequested(state.counts().rounds() + 1, state.anyOutcomeUnknown(),
                    state.unfilled()));
        }
    }

    void verify() {
        emit(new JobEvent.VerificationRequested(state.counts().verifications() + 1, state.readableFrom()));
    }

    void delete(DeletionReason reason) {
        emit(new JobEvent.DeletionRequested(state.counts().passes() + 1, reason,
                reason == DeletionReason.SURPLUS ? state.surplus() : List.of()));
    }

    /** Costs no retry; when it is over, the job asks for what its phase needs. */
    void waitUntil(Instant time, String reason) {
        emit(new JobEvent.LookScheduled(state.counts().waits() + 1, time, reason));
    }

    /** Whatever may still take effect has done so after this wait. */
    void waitUntilSettled() {
        waitUntilOrPause(Objects.requireNonNull(state.settledAt()),
                "the last look comes after everything that could still take effect");
    }

    /** Until this time; where it is over, for a pause: a worker's clock may be behind, and the job would ask it without end. */
    void waitUntilOrPause(Instant time, String reason) {
        waitUntil(time.isAfter(now) ? time : now.plus(policy.initialDelay()), reason);
    }

    void waitForLimit(Fault fault, @Nullable Instant until) {
        var named = until != null ? until : fault.retryAt();
        var at = named == null ? now.plus(policy.rateLimitDelay())
                : named.isAfter(now) ? named : now.plus(policy.initialDelay());
        emit(new JobEvent.RateLimitReached(state.counts().waits() + 1, at, fault));
    }

    boolean retriesLeft() {
        return state.counts().retries() < state.terms().retryBudget();
    }

    /**
     * Uses up a retry: again after the back-off, and not before outcomes that are unknown must have settled and what was refused
     * in a way that often passes may be tried again.
     */
    void retry(Fault fault) {
        int retry = state.counts().retries() + 1;
        scheduleRetry(retry, retry, fault, latest(
                state.anyOutcomeUnknown() || !state.unconfirmed().isEmpty() ? state.settledAt() : null,
                state.round().flakyRefusal().isPresent() ? flakyRetryAt() : null));
    }

    /** Tries again what was refused in a way that often passes. Uses up no retry: how often is counted by slot. */
    void retryFlaky(Fault refusal) {
        waitUntil(Objects.requireNonNull(latest(state.anyOutcomeUnknown() ? state.settledAt() : null, flakyRetryAt())),
                "tried again because it often passes: " + refusal.described());
    }

    private Instant flakyRetryAt() {
        return policy.flakyRetryAt(now, jobId, state.flakyRefusals());
    }

    private static @Nullable Instant latest(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    void scheduleRetry(int retryCount, int backOffStep, Fault fault, @Nullable Instant notBefore) {
        var at = policy.retryAt(now, jobId, backOffStep);
        emit(new JobEvent.RetryScheduled(state.counts().waits() + 1, retryCount,
                notBefore != null && notBefore.isAfter(at) ? notBefore : at, fault));
    }
}
