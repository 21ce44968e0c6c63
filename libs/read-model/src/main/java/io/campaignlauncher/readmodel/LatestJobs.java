package io.campaignlauncher.readmodel;

import io.campaignlauncher.eventstore.EventReader.Place;
import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Jobs as their latest stored events make them: the rows of the tables, with what the event store has beyond them folded in. So nobody
 * who heard of an event is shown a job from before it, however late the tables are. Writes nothing. Needs a transaction around each call
 * that sees one moment of the database: a row and what comes after it belong together.
 */
public final class LatestJobs {

    /** More is not folded in at once; a job has a few dozen events, seldom hundreds. */
    private static final int TAIL_EVENTS_MAX = 10_000;

    private final JobRows jobs;
    private final SlotRows slots;
    private final EventReader store;
    private final AvroEncoding encoding;

    public LatestJobs(JdbcTemplate jdbc, EventReader store, AvroEncoding encoding) {
        this.jobs = new JobRows(jdbc, Schema.LIVE);
        this.slots = new SlotRows(jdbc, Schema.LIVE);
        this.store = store;
        this.encoding = encoding;
    }

    /** The job; empty where it has no event. @param withSlots whether its slots are asked for */
    public Optional<JobView> find(UUID jobId, boolean withSlots) {
        return all(List.of(jobId), withSlots).stream().findFirst();
    }

    /** Those of the jobs that have an event. */
    public List<JobView> all(Collection<UUID> jobIds, boolean withSlots) {
        var stored = jobs.load(jobIds).stream().collect(Collectors.toMap(JobView::jobId, Function.identity()));
        var views = jobIds.stream().distinct().map(id -> stored.getOrDefault(id, JobView.unseen(id))).toList();
        var tails = tails(views);
        slots.load(views.stream()
                .filter(view -> view.id() != null && (withSlots || tails.containsKey(view.jobId())))
                .toList());
        views.forEach(view -> fold(view, tails.getOrDefault(view.jobId(), List.of())));
        return views.stream().filter(view -> view.version() >= 0).toList();
    }

    private Map<UUID, List<StoredEvent>> tails(List<JobView> views) {
        var places = views.stream().map(view -> new Place(view.jobId(), view.version())).toList();
        return store.after(places, TAIL_EVENTS_MAX, Integer.MAX_VALUE).stream()
                .collect(Collectors.groupingBy(StoredEvent::job));
    }

    private void fold(JobView view, List<StoredEvent> tail) {
        if (tail.isEmpty()) {
            return;
        }
        tail.forEach(event -> JobFold.next(view, event.sequence(), event.at(), read(event)));
        view.countSlots();
    }

    /** What this version cannot read is told by who writes the tables. */
    private @Nullable SpecificRecord read(StoredEvent event) {
        try {
            return encoding.decode(event.type(), event.payload());
        } catch (UnreadableRecord e) {
            return null;
        }
    }
}
