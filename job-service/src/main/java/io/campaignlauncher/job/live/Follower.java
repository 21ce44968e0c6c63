package io.campaignlauncher.job.live;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.eventstore.EventReader.Place;
import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.job.history.RecordedJob;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.FluxSink;

/** Somebody who follows a job. Gets no more than was asked for; the rest stays in the event store. Used by one thread at a time. */
final class Follower {

    private final long after;
    private final Visibility visible;
    private final FluxSink<RecordedJob> sink;
    private RecordedJob job;

    /**
     * @param after   the version of the last event that is known already
     * @param visible what the follower may see
     */
    Follower(UUID jobId, long after, Visibility visible, FluxSink<RecordedJob> sink) {
        this.job = RecordedJob.unseen(jobId);
        this.after = after;
        this.visible = visible;
        this.sink = sink;
    }

    UUID jobId() {
        return job.jobId();
    }

    Place place() {
        return new Place(job.jobId(), job.version());
    }

    /** Has room for another event. */
    boolean wants() {
        return !sink.isCancelled() && sink.requestedFromDownstream() > 0;
    }

    /** @param events of the job, in order; those that are known already and those after a gap are passed over */
    void take(List<HistoryEvent> events) {
        try {
            for (var event : events) {
                if (event.version() == job.version() + 1 && wants()) {
                    job = job.after(event);
                    if (isForeign()) {
                        sink.complete();
                        return;
                    }
                    if (job.version() > after) {
                        sink.next(job);
                    }
                }
            }
            if (job.state().phase().settled()) {
                sink.complete();
            }
        } catch (RuntimeException e) {
            sink.error(e);
        }
    }

    private boolean isForeign() {
        var state = job.state();
        return state.accepted() != null && !visible.covers(state.ownership().tenant(), state.ownership().owner());
    }

    void end() {
        sink.complete();
    }
}
