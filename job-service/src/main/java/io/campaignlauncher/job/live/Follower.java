package io.campaignlauncher.job.live;

import io.campaignlauncher.eventstore.EventReader.Place;
import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.job.history.RecordedJob;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.FluxSink;

/** Somebody who follows a job. Gets no more than was asked for; the rest stays in the event store. Used by one thread at a time. */
final class Follower {

    private final long after;
    private final FluxSink<RecordedJob> sink;
    private RecordedJob job;

    /** @param after the version of the last event that is known already */
    Follower(UUID jobId, long after, FluxSink<RecordedJob> sink) {
        this.job = RecordedJob.unseen(jobId);
        this.after = after;
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

    void end() {
        sink.complete();
    }
}
