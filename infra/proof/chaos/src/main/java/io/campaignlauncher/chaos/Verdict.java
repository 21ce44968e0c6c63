package io.campaignlauncher.chaos;

import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.readmodel.ReadModelRebuild;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulator.core.WorldView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is wrong when all is over. Nothing may be: every job settled once and for good, Facebook holds exactly what was asked for
 * or nothing, the slots know it, the topic tells what the store holds and nothing else, the tables are what a rebuild makes, and no record was
 * put aside.
 */
public final class Verdict {

    private static final int EVENTS_AT_ONCE = 1_000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration TABLES_PATIENCE = Duration.ofSeconds(60);

    private final Fleet fleet;
    private final WorldView world;
    private final JdbcClient sql;
    private final Published topics;
    private final LaunchRecords records = new LaunchRecords();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Integer> ends = new HashMap<>();
    /** Every job's events, in order. */
    private final Map<String, List<StoredEvent>> stored = new HashMap<>();

    private Verdict(Fleet fleet, WorldView world) {
        this.fleet = fleet;
        this.world = world;
        this.sql = JdbcClient.create(fleet.database());
        this.topics = new Published(fleet);
    }

    /** @param world what really exists on the simulated Facebook */
    public static Verdict on(Fleet fleet, WorldView world, List<Launch> launches) throws InterruptedException {
        var verdict = new Verdict(fleet, world);
        verdict.compareTablesWithRebuild();
        verdict.readEvents();
        launches.forEach(verdict::judge);
        verdict.compareTopicWithStore();
        verdict.problems.addAll(verdict.topics.deadLetters());
        return verdict;
    }

    /** A sentence for each thing that is wrong. */
    public List<String> problems() {
        return problems;
    }

    /** How many jobs ended with which event. */
    public Map<String, Integer> ends() {
        return ends;
    }

    /** How often an event is in the store. */
    public long events(String type) {
        return stored.values().stream().flatMap(List::stream).filter(event -> event.type().equals(type)).count();
    }

    private void readEvents() {
        new TransactionTemplate(new DataSourceTransactionManager(fleet.database())).executeWithoutResult(
                _ -> new EventReader(fleet.database()).all(EVENTS_AT_ONCE, events -> events.forEach(event -> stored
                        .computeIfAbsent(event.jobId(), _ -> new ArrayList<>()).add(event))));
        stored.values().forEach(events -> events.sort(Comparator.comparingLong(StoredEvent::sequence)));
    }

    private void judge(Launch launch) {
        var events = stored.getOrDefault(launch.jobId(), List.of());
        var job = RecordedJob.unseen(UUID.fromString(launch.jobId()));
        int settlements = 0;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).sequence() != i) {
                wrong(launch, "event " + i + " is missing in the store, which has event " + events.get(i).sequence());
                return;
            }
            var decoded = events.get(i).decoded(records.encoding());
            job = job.after(decoded);
            settlements += decoded.asJobEvent() instanceof JobEvent.Ending ? 1 : 0;
        }
        var end = job.type();
        if (settlements != 1 || !job.standing().ended() || end == null) {
            wrong(launch, "settled " + settlements + " times; its events are "
                    + events.stream().map(StoredEvent::type).toList());
            return;
        }
        ends.merge(end, 1, Integer::sum);
        var count = world.count(launch.adAccountId(), launch.name());
        if (!end.equals(launch.end())) {
            wrong(launch, "ended with " + end + ", which no blow is a reason for, and with " + count);
        } else if (end.equals("JobRolledBack")) {
            if (count.campaigns() != 0) {
                wrong(launch, "rolled back, and left " + count);
            }
        } else if (count.campaigns() != 1 || count.adSets() != launch.adSets() || count.ads() != launch.adSets()
                || count.duplicates() != 0) {
            wrong(launch, "completed with " + count + " instead of " + launch.adSets() + " and as many ads");
        }
        compareSlots(launch);
    }

    private void compareSlots(Launch launch) {
        var known = new HashSet<>(sql.sql("select s.facebook_id from entity_creation_slots s"
                + " join campaign_creation_jobs j on j.id = s.job_id where j.job_uuid = ? and s.status = 'created'")
                .param(UUID.fromString(launch.jobId())).query(String.class).list());
        var existing = new HashSet<String>();
        for (var campaign : world.campaigns(launch.adAccountId(), launch.name())) {
            existing.add(campaign.id());
            world.adSets(campaign.id()).forEach(adSet -> existing.add(adSet.id()));
            world.ads(campaign.id()).forEach(ad -> existing.add(ad.id()));
        }
        if (!known.equals(existing)) {
            wrong(launch, "the slots know " + known.size() + " entities, Facebook has " + existing.size()
                    + ", and they are not the same");
        }
    }

    private void wrong(Launch launch, String problem) {
        problems.add("job " + launch.jobId() + " (" + launch.name() + "): " + problem);
    }

    /** At least once and in order: whoever leaves out repetitions sees each event of the store. */
    private void compareTopicWithStore() {
        var published = new HashMap<String, Long>();
        var ids = stored.values().stream().flatMap(List::stream).map(StoredEvent::eventId).collect(Collectors.toSet());
        topics.read(Topic.JOB_EVENTS, (jobId, received) -> {
            if (!ids.contains(received.envelope().id())) {
                problems.add("job.events has event " + received.envelope().sequence() + " of job " + jobId + ", "
                        + received.envelope().type() + ", that the store does not have");
            }
            var told = received.envelope().sequence();
            long sequence = told == null ? -1 : told;
            long next = published.getOrDefault(jobId, -1L) + 1;
            if (sequence == next) {
                published.put(jobId, sequence);
            } else if (sequence > next) {
                problems.add("job.events: event " + sequence + " of job " + jobId + " came before event " + next);
            }
        });
        stored.forEach((job, events) -> {
            var last = published.get(job);
            if (last == null || last != events.getLast().sequence()) {
                problems.add("job.events ends with event " + last + " of job " + job + ", the store with "
                        + events.getLast().sequence());
            }
        });
    }

    /** The tables follow the topic a moment later. */
    private void compareTablesWithRebuild() throws InterruptedException {
        var rebuild = ReadModelRebuild.on(fleet.database());
        var until = System.nanoTime() + TABLES_PATIENCE.toNanos();
        var differences = rebuild.differences();
        while (!differences.isEmpty() && System.nanoTime() - until < 0) {
            Thread.sleep(LOOK_EVERY);
            differences = rebuild.differences();
        }
        differences.forEach(difference -> problems.add("the tables differ from a rebuild: " + difference));
    }

    @Override
    public String toString() {
        return "ends " + ends + ", problems " + problems;
    }
}
