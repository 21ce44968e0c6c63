package io.campaignlauncher.tools.recovery;

import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.tools.events.CopyWriter;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.tools.events.PublishedEvent;
import io.campaignlauncher.tools.events.WholeTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares a topic of events with its event store. What the topic has is noted in temporary tables of the connection, without its values, and
 * PostgreSQL compares: so it takes no memory here, however many events there are.
 */
public final class TopicComparison {

    private static final int OFFSET_BITS = 48;
    private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;

    private static final String TOLD = "create temporary table told (stream text, sequence bigint, event_id text, place bigint)";
    private static final String ONCE = """
            create temporary table told_once as
                select stream, sequence, min(event_id) as event_id, nullif(max(event_id), min(event_id)) as other_id,
                    min(place) as place
                from told group by stream, sequence;
            drop table told;
            create unique index on told_once (stream, sequence);
            create index on told_once (event_id);
            analyze told_once""";
    private static final String LACKING = """
            create temporary table lacking as
                select t.stream, t.sequence, t.place from told_once t where not exists (select from %1$s e
                    where e.aggregate_identifier = t.stream and e.sequence_number = t.sequence);
            create index on lacking (stream);
            create index on lacking (place);
            analyze lacking""";
    private static final String DIFFERENCES = """
            select 'two-histories' as kind, t.stream, t.sequence as first, t.sequence as last,
                t.event_id || coalesce(' and ' || t.other_id, '') || ' on the topic, ' || e.event_identifier
                    || ' in the store' as detail
            from told_once t join %1$s e on e.aggregate_identifier = t.stream and e.sequence_number = t.sequence
            where e.event_identifier <> t.event_id or t.other_id is not null
            union all
            select 'two-histories', t.stream, t.sequence, t.sequence, t.event_id || ' and ' || t.other_id || ' on the topic'
            from told_once t join lacking using (stream, sequence) where t.other_id is not null
            union all
            select 'two-histories', t.stream, t.sequence, t.sequence, t.event_id || ' is event ' || e.sequence_number
                    || ' of ' || e.aggregate_identifier || ' in the store'
            from told_once t join %1$s e on e.event_identifier = t.event_id
            where e.aggregate_identifier <> t.stream or e.sequence_number <> t.sequence
            union all
            select case when l.first = coalesce(s.last + 1, 0) and l.last - l.first + 1 = l.events then 'store-lacks'
                    else 'gap' end,
                l.stream, l.first, l.last, case when s.last is null then 'the store does not know it'
                    else 'the store ends with event ' || s.last end
            from (select stream, min(sequence) as first, max(sequence) as last, count(*) as events from lacking
                    group by stream) l
                left join lateral (select max(sequence_number) as last from %1$s
                    where aggregate_identifier = l.stream) s on true
            union all
            select case when e.sequence_number > coalesce(h.last, -1) then 'topic-lacks' else 'passed-over' end,
                e.aggregate_identifier, min(e.sequence_number), max(e.sequence_number),
                case when h.last is null then 'the topic does not know it' else 'the topic ends with event ' || h.last end
            from %1$s e left join (select stream, max(sequence) as last from told_once group by stream) h
                    on h.stream = e.aggregate_identifier
            where not exists (select from told_once t
                    where t.stream = e.aggregate_identifier and t.sequence = e.sequence_number)
                and e.global_index <= :upTo
            group by 1, 2, 5
            order by 1, 2, 3""";
    private static final String PUBLISHED_UP_TO = """
            select coalesce((select min(e.global_index) - 1
                from %1$s e left join (select stream, max(sequence) as last from told_once group by stream) h
                    on h.stream = e.aggregate_identifier
                where e.sequence_number > coalesce(h.last, -1)),
                (select coalesce(max(global_index), 0) from %1$s))""";

    private final Connection connection;
    private final JdbcClient jdbc;
    private final Topic topic;
    private final String events;
    private long upTo;
    private long read;

    /** @param jdbc over the connection, which is this work's own until it is closed */
    public TopicComparison(Connection connection, JdbcClient jdbc, EventStoreSchema schema, Topic topic) {
        this.connection = connection;
        this.jdbc = jdbc;
        this.topic = topic;
        this.events = schema.events();
    }

    /**
     * Notes what the topic has now.
     *
     * @param consumer without a group
     * @param each     is told of each event
     * @throws OperationRefused where one is no event, or Kafka gives no more
     */
    public void read(KafkaConsumer<String, byte[]> consumer, Consumer<PublishedEvent> each, LongConsumer progress)
            throws SQLException, IOException {
        // Before the topic: while the system runs, what is stored meanwhile is published a moment later.
        upTo = jdbc.sql("select coalesce(max(global_index), 0) from " + events).query(Long.class).single();
        execute(TOLD);
        try (var told = new CopyWriter(connection, "told", "stream", "sequence", "event_id", "place")) {
            WholeTopic.read(consumer, WholeTopic.endsOfExisting(consumer, topic.topicName()), record -> {
                var event = PublishedEvent.of(record);
                each.accept(event);
                note(told, event, record);
                progress.accept(++read);
            });
        }
        execute(ONCE);
        execute(LACKING.formatted(events));
    }

    private static void note(CopyWriter told, PublishedEvent event, ConsumerRecord<?, ?> record) {
        try {
            told.row().text(event.stream()).number(event.sequence()).text(event.id()).number(place(record));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A record's partition and offset in one number. */
    static long place(ConsumerRecord<?, ?> record) {
        return (long) record.partition() << OFFSET_BITS | record.offset();
    }

    /** How many records the topic has. */
    public long records() {
        return read;
    }

    /** Hands over every difference, by kind and stream. */
    public void differences(Consumer<Difference> consumer) {
        jdbc.sql(DIFFERENCES.formatted(events)).param("upTo", upTo).query(row -> {
            consumer.accept(new Difference(Difference.Kind.of(row.getString(1)), row.getString(2), row.getLong(3),
                    row.getLong(4), row.getString(5)));
        });
    }

    /** The index up to which the topic has what the store has, but for what the feed gave up. */
    public long publishedUpTo() {
        return jdbc.sql(PUBLISHED_UP_TO.formatted(events)).query(Long.class).single();
    }

    /** Where each partition's first record stands that the store lacks. */
    Map<TopicPartition, Long> firstLacking() {
        return lacking("min", 0);
    }

    /** Behind the last one. */
    Map<TopicPartition, Long> lastLacking() {
        return lacking("max", 1);
    }

    private Map<TopicPartition, Long> lacking(String which, int more) {
        var found = new HashMap<TopicPartition, Long>();
        jdbc.sql("select " + which + "(place) from lacking group by place >> " + OFFSET_BITS).query(row -> {
            var place = row.getLong(1);
            found.put(new TopicPartition(topic.topicName(), (int) (place >> OFFSET_BITS)),
                    (place & OFFSET_MASK) + more);
        });
        return found;
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
