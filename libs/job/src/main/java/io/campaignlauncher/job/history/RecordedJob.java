package io.campaignlauncher.job.history;

import io.campaignlauncher.job.model.Awaited;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job as it was after one of its events, folded from all events up to that one. Immutable.
 *
 * @param version         of the last event; {@link #BEFORE_THE_FIRST} for a job that no event is read of
 * @param at              of the last event
 * @param type            of the last event
 * @param preVerification the last look at the account; null before there was one
 * @param reasons         why it failed or was rolled back; none before that
 */
public record RecordedJob(UUID jobId, long version, @Nullable Instant at, @Nullable String type, JobState state,
        @Nullable String lastError, @Nullable PreVerificationReport preVerification, List<String> reasons,
        Times times) {

    public static final long BEFORE_THE_FIRST = -1;

    public RecordedJob {
        reasons = List.copyOf(reasons);
    }

    /** When a job got where; null: not yet. */
    public record Times(@Nullable Instant createdAt, @Nullable Instant startedAt, @Nullable Instant rollbackAt,
            @Nullable Instant completedAt) {

        static final Times NONE = new Times(null, null, null, null);

        private Times with(JobEvent event, Instant at) {
            return switch (event) {
                case JobEvent.JobAccepted _ -> new Times(at, startedAt, rollbackAt, completedAt);
                case JobEvent.CreationRequested _ when startedAt == null ->
                    new Times(createdAt, at, rollbackAt, completedAt);
                case JobEvent.RollbackStarted _ -> new Times(createdAt, startedAt, at, completedAt);
                case JobEvent.Ending _ ->
                    new Times(createdAt, startedAt, rollbackAt, at);
                case JobEvent.Requested _,JobEvent.Progress _,JobEvent.Waiting _ -> this;
            };
        }
    }

    /** A job before its first event. */
    public static RecordedJob unseen(UUID jobId) {
        return new RecordedJob(jobId, BEFORE_THE_FIRST, null, null, Job.initialState(), null, null, List.of(),
                Times.NONE);
    }

    /**
     * The job after the event that comes next.
     *
     * @throws UnreadableRecord      where this version of the software cannot read it
     * @throws IllegalStateException where it is another job's event, or not the next one
     */
    public RecordedJob after(HistoryEvent next) {
        if (!next.jobId().equals(jobId) || next.version() != version + 1) {
            throw new IllegalStateException("event " + next.version() + " of job " + next.jobId()
                    + " does not follow event " + version + " of job " + jobId);
        }
        var event = next.asJobEvent();
        var error = LastError.of(event);
        return new RecordedJob(jobId, next.version(), next.at(), next.type(), Job.evolve(state, event),
                error == null ? lastError : error,
                event instanceof JobEvent.PreVerificationCompleted(var report) ? report : preVerification,
                event instanceof JobEvent.JobFailed(var why) ? why
                        : event instanceof JobEvent.JobRolledBack(var why) ? List.of(why) : reasons,
                times.with(event, next.at()));
    }

    /** Slots of this type that Facebook is known to fill. */
    public int created(EntityType type) {
        return (int) slots().filter(index -> state.plan().slots().get(index).id().type() == type
                && state.slots().get(index).filled()).count();
    }

    /** A person is asked whether it may be rolled back. */
    public boolean awaitsConfirmation() {
        return state.awaited() == Awaited.PERSON;
    }

    /** The indexes of the slots; none before they were allotted. */
    IntStream slots() {
        return IntStream.range(0, state.slots().size());
    }

    /** Where it stands, as a small JSON document: what is of interest while it goes on. */
    public ObjectNode summary() {
        return JobDocument.summary(this);
    }

    /** Everything that is known of it, as one JSON document. */
    public ObjectNode document() {
        return JobDocument.of(this);
    }
}
