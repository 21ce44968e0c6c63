package io.campaignlauncher.tools.recovery;

import io.campaignlauncher.eventstore.CampaignNames;
import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.eventstore.WaitRows;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.tools.events.CopyWriter;
import io.campaignlauncher.tools.events.PublishedEvent;
import io.campaignlauncher.tools.events.WholeTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives the event store of launches what follows its last events on the topic, and to the tables beside it what changes with them: waits and
 * names. All of a job in one transaction, so that it may end between any two: what is there already is not on the list the next time.
 */
public final class TailImport {

    private static final int JOBS_AT_ONCE = 100;
    /** As Axon names the events of a job. */
    private static final String KIND = "JobAggregate";
    /** As Axon writes times. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final String TAIL = """
            create temporary table tail (place bigint, event_id text, at text, type text, payload bytea, beside bytea)""";
    private static final String APPEND = """
            insert into %s (event_identifier, aggregate_identifier, sequence_number, type, time_stamp, payload_type,
                payload, meta_data)
            select t.event_id, l.stream, l.sequence, '%s', t.at, t.type, t.payload, t.beside
            from lacking l join tail t using (place)
            where l.stream = any(?) order by l.stream, l.sequence""".formatted(EventStoreSchema.LAUNCHES.events(),
            KIND);

    private final Connection connection;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TopicComparison comparison;
    private final EventReader reader;
    private final WaitRows waits;
    private final CampaignNames names;
    private final AvroEncoding encoding = new AvroEncoding();
    private final Collection<String> leftOut;
    private final List<String> unreadable = new ArrayList<>();
    private long events;
    private long jobs;
    private long waiting;

    /**
     * What was done.
     *
     * @param unreadable jobs that this version cannot read: they have their events, and no wait and no name
     */
    public record Result(long events, long jobs, long waiting, List<String> unreadable) {}

    /**
     * @param jdbc        over the connection
     * @param transaction over the connection
     * @param comparison  that has read the topic over the connection
     * @param leftOut     jobs that stay as they are
     */
    public TailImport(Connection connection, JdbcClient jdbc, TransactionTemplate transaction,
            TopicComparison comparison, Collection<String> leftOut) {
        this.connection = connection;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.comparison = comparison;
        this.leftOut = List.copyOf(leftOut);
        this.reader = new EventReader(jdbc);
        this.waits = new WaitRows(jdbc);
        this.names = new CampaignNames(jdbc, JobPolicy.READ_LAG);
    }

    /**
     * @param consumer without a group
     * @param progress is told how many events were appended
     */
    public Result run(KafkaConsumer<String, byte[]> consumer, LongConsumer progress) throws SQLException, IOException {
        jdbc.sql("delete from lacking where stream = any(?)").param(leftOut.toArray(String[]::new)).update();
        fetch(consumer);
        var left = jdbc.sql("select stream from lacking group by stream order by min(place)").query(String.class)
                .list();
        for (int from = 0; from < left.size(); from += JOBS_AT_ONCE) {
            append(left.subList(from, Math.min(left.size(), from + JOBS_AT_ONCE)));
            progress.accept(events);
        }
        return new Result(events, jobs, waiting, unreadable);
    }

    /** With their values, from the first that is lacking on. */
    private void fetch(KafkaConsumer<String, byte[]> consumer) throws SQLException, IOException {
        jdbc.sql(TAIL).update();
        // Before the COPY, which has the connection to itself.
        var begins = comparison.firstLacking();
        var ends = comparison.lastLacking();
        try (var tail = new CopyWriter(connection, "tail", "place", "event_id", "at", "type", "payload", "beside")) {
            if (!ends.isEmpty()) {
                consumer.assign(ends.keySet());
                begins.forEach(consumer::seek);
                WholeTopic.readOn(consumer, ends, record -> note(tail, record));
            }
        }
        jdbc.sql("create index on tail (place)").update();
        jdbc.sql("analyze tail").update();
    }

    private static void note(CopyWriter tail, ConsumerRecord<String, byte[]> record) {
        var event = PublishedEvent.of(record);
        try {
            tail.row().number(TopicComparison.place(record)).text(event.id()).text(TIME.format(event.time()))
                    .text(event.type()).bytes(event.payload())
                    .bytes(JsonMapper.shared().writeValueAsBytes(event.beside()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(List<String> some) {
        transaction.executeWithoutResult(_ -> {
            // What is lost with the server is on the topic still; the last commit of all waits for all.
            jdbc.sql("set local synchronous_commit = off").update();
            events += jdbc.sql(APPEND).param(some.toArray(String[]::new)).update();
            var histories = new LinkedHashMap<String, List<StoredEvent>>();
            reader.after(some.stream().map(job -> new EventReader.Place(UUID.fromString(job), -1)).toList(),
                    Integer.MAX_VALUE, Integer.MAX_VALUE)
                    .forEach(event -> histories.computeIfAbsent(event.jobId(), _ -> new ArrayList<>()).add(event));
            histories.forEach(this::keepBeside);
        });
        jobs += some.size();
    }

    /** What changed with the events when they were decided: it follows from where the job stands. */
    private void keepBeside(String jobId, List<StoredEvent> history) {
        var job = RecordedJob.unseen(UUID.fromString(jobId));
        try {
            for (var event : history) {
                job = job.after(event.decoded(encoding));
            }
        } catch (UnreadableRecord | DateTimeException e) {
            unreadable.add(jobId);
            return;
        }
        var state = job.state();
        var wait = state.waiting();
        if (wait != null && waits.schedule(jobId, wait.number(), wait.until())) {
            waiting++;
        }
        if (state.phase() == Phase.COMPLETED) {
            names.releaseOnceReadable(jobId);
        } else if (state.phase().settled()) {
            names.release(jobId);
        } else if (!state.terms().nameTakenByAnotherJob()) {
            names.takenByAnother(state.terms().request().adAccountId(), state.terms().request().campaign().name(),
                    UUID.fromString(jobId));
        }
    }
}
