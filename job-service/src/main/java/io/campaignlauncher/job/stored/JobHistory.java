package io.campaignlauncher.job.stored;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.eventstore.EventReader.Place;
import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Reads jobs from the event store. What is asked for somebody says what they may see: the rest is not there for them. Every call blocks;
 * none holds a connection longer than one short query.
 */
public final class JobHistory {

    private static final int PAGE_EVENTS = 32;

    private final EventReader store;
    private final AvroEncoding encoding;

    public JobHistory(DataSource dataSource, AvroEncoding encoding) {
        this.store = new EventReader(dataSource);
        this.encoding = encoding;
    }

    /** Whether the job has any event. */
    public boolean knows(UUID jobId, Visibility visible) {
        return store.knows(jobId, visible.tenant(), visible.owner());
    }

    /** The job's events up to a point, the oldest first; read a page at a time, when they are asked for. */
    public Stream<HistoryEvent> events(UUID jobId, Point upTo, Visibility visible) {
        return events(jobId, RecordedJob.BEFORE_THE_FIRST, upTo, visible);
    }

    /** The same of those after a version. */
    public Stream<HistoryEvent> events(UUID jobId, long after, Point upTo, Visibility visible) {
        if (!visible.equals(Visibility.everything()) && !knows(jobId, visible)) {
            return Stream.empty();
        }
        return Stream.iterate(page(jobId, after), page -> !page.isEmpty(),
                page -> page.size() < PAGE_EVENTS ? List.of() : page(jobId, page.getLast().version()))
                .flatMap(List::stream)
                .takeWhile(event -> upTo.covers(event.version(), event.at()));
    }

    /**
     * The job as it was at a point; {@link RecordedJob#unseen} where it had no event then.
     *
     * @throws UnreadableRecord where this version of the software cannot read one of its events
     */
    public RecordedJob job(UUID jobId, Point at, Visibility visible) {
        var job = RecordedJob.unseen(jobId);
        for (var events = events(jobId, at, visible).iterator(); events.hasNext();) {
            job = job.after(events.next());
        }
        return job;
    }

    /**
     * What comes after many places, in one query: the oldest events first within a job, in no order among jobs. Whose they are is
     * not asked: whoever hands them on does.
     *
     * @param places      of different jobs
     * @param perPlaceMax events for each place
     * @param eventsMax   events in all
     */
    public List<HistoryEvent> after(List<Place> places, int perPlaceMax, int eventsMax) {
        return store.after(places, perPlaceMax, eventsMax).stream().map(event -> event.decoded(encoding)).toList();
    }

    private List<HistoryEvent> page(UUID jobId, long after) {
        return after(List.of(new Place(jobId, after)), PAGE_EVENTS, PAGE_EVENTS);
    }
}
