package io.campaignlauncher.job.history;

import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.model.Requests;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.time.Instant;
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
 * @param standing        what people are told of it
 * @param requests        what it asked of workers
 * @param preVerification the last verification of the account; null before there was one
 */
public record RecordedJob(UUID jobId, long version, @Nullable Instant at, @Nullable String type, JobState state,
        Standing standing, Requests requests, @Nullable PreVerificationReport preVerification) {

    public static final long BEFORE_THE_FIRST = -1;

    /** A job before its first event. */
    public static RecordedJob unseen(UUID jobId) {
        return new RecordedJob(jobId, BEFORE_THE_FIRST, null, null, Job.initialState(), Standing.NONE, Requests.NONE,
                null);
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
        return new RecordedJob(jobId, next.version(), next.at(), next.type(), Job.evolve(state, event),
                standing.after(next.readable(), next.at()), requests.after(event, next.at()),
                event instanceof JobEvent.PreVerificationCompleted(var report) ? report : preVerification);
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
