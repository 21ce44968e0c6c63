package io.campaignlauncher.job.history;

import io.campaignlauncher.job.model.JobStatus;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.CreationRoundEnded;
import io.campaignlauncher.schemas.DeletionPassEnded;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.schemas.JobCompleted;
import io.campaignlauncher.schemas.JobFailed;
import io.campaignlauncher.schemas.JobRolledBack;
import io.campaignlauncher.schemas.LaunchScheduled;
import io.campaignlauncher.schemas.LookScheduled;
import io.campaignlauncher.schemas.PreVerificationCompleted;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.schemas.RateLimitReached;
import io.campaignlauncher.schemas.RetryScheduled;
import io.campaignlauncher.schemas.RollbackDeclined;
import io.campaignlauncher.schemas.RollbackProposed;
import io.campaignlauncher.schemas.RollbackStarted;
import io.campaignlauncher.schemas.VerificationCompleted;
import io.campaignlauncher.schemas.VerificationRequested;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What people are told of a job beside its slots, and the one place that says what each event changes in it: tables, histories,
 * live views and the standalone's progress read it from here. It is made of messages, not of the Job's events, because a row
 * must go on where a newer version wrote something that is no event here; what the Job's own state knows too is the same there.
 *
 * @param waitingUntil         nothing is asked of anybody until then; null: it waits for no time
 * @param awaitingConfirmation a person is asked whether it may be rolled back
 * @param httpCalls            to Facebook, as far as reports tell
 * @param lastError            as one sentence; null before there was one
 * @param reasons              why it failed or was rolled back; none before that
 */
public record Standing(JobStatus status, Times times, @Nullable Instant waitingUntil, boolean awaitingConfirmation,
        int retryCount, int httpCalls, @Nullable String lastError, List<String> reasons) {

    /** Before the first event. */
    public static final Standing NONE = new Standing(JobStatus.PENDING, Times.NONE, null, false, 0, 0, null, List.of());

    public Standing {
        reasons = List.copyOf(reasons);
    }

    /** When a job got where; null: not yet. */
    public record Times(@Nullable Instant createdAt, @Nullable Instant startedAt, @Nullable Instant rollbackAt,
            @Nullable Instant completedAt) {

        public static final Times NONE = new Times(null, null, null, null);

        private Times created(Instant at) {
            return createdAt == null ? new Times(at, startedAt, rollbackAt, completedAt) : this;
        }

        private Times started(Instant at) {
            return startedAt == null ? new Times(createdAt, at, rollbackAt, completedAt) : this;
        }

        private Times rolledBackFrom(Instant at) {
            return new Times(createdAt, startedAt, at, completedAt);
        }

        private Times completed(@Nullable Instant at) {
            return new Times(createdAt, startedAt, rollbackAt, at);
        }
    }

    /** After an event. @param at when it happened. A message that is no event of a job changes nothing */
    public Standing after(SpecificRecord event, Instant at) {
        var error = LastError.of(event);
        var standing = error == null ? this : withError(error);
        return switch (event) {
            case JobAccepted _ -> standing.with(times.created(at));
            case PreVerificationRequested _ -> standing.waiting(null);
            case PreVerificationCompleted e -> standing.waiting(null).calling(e.getReport().getHttpCalls());
            case CreationRequested _ -> standing.inProgress().with(times.started(at).completed(null));
            case CreationRoundEnded e -> standing.waiting(null).calling(e.getHttpCalls());
            case RetryScheduled e -> standing.waiting(e.getAt()).retried(e.getRetryCount());
            case RateLimitReached e -> standing.waiting(e.getUntil());
            case LookScheduled e -> standing.waiting(e.getAt());
            case LaunchScheduled e -> standing.waiting(e.getStartAt());
            case VerificationCompleted e -> standing.waiting(null).calling(e.getReport().getHttpCalls());
            case RollbackProposed _ -> standing.inProgress().asking();
            case VerificationRequested _,DeletionRequested _,RollbackDeclined _ -> standing.inProgress();
            case RollbackStarted _ -> standing.inProgress().with(times.rolledBackFrom(at).completed(null));
            case DeletionPassEnded e -> standing.waiting(null).calling(e.getHttpCalls());
            case JobCompleted _ -> standing.ended(JobStatus.COMPLETED, at, List.of());
            case JobFailed e -> standing.ended(JobStatus.FAILED, at, e.getReasons());
            case JobRolledBack e -> standing.ended(JobStatus.ROLLED_BACK, at, List.of(e.getReason()));
            default -> standing;
        };
    }

    /** Nothing follows any more. */
    public boolean ended() {
        return times.completedAt() != null;
    }

    private Standing inProgress() {
        return new Standing(JobStatus.IN_PROGRESS, times.completed(null), null, false, retryCount, httpCalls, lastError,
                reasons);
    }

    private Standing ended(JobStatus end, Instant at, List<String> why) {
        return new Standing(end, times.completed(at), null, false, retryCount, httpCalls, lastError, why);
    }

    private Standing with(Times next) {
        return new Standing(status, next, waitingUntil, awaitingConfirmation, retryCount, httpCalls, lastError,
                reasons);
    }

    private Standing waiting(@Nullable Instant until) {
        return new Standing(status, times, until, false, retryCount, httpCalls, lastError, reasons);
    }

    private Standing asking() {
        return new Standing(status, times, null, true, retryCount, httpCalls, lastError, reasons);
    }

    private Standing retried(int count) {
        return new Standing(status, times, waitingUntil, awaitingConfirmation, count, httpCalls, lastError, reasons);
    }

    private Standing calling(int more) {
        return new Standing(status, times, waitingUntil, awaitingConfirmation, retryCount, httpCalls + more, lastError,
                reasons);
    }

    private Standing withError(String error) {
        return new Standing(status, times, waitingUntil, awaitingConfirmation, retryCount, httpCalls, error, reasons);
    }
}
