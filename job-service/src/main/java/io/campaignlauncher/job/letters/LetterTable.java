package io.campaignlauncher.job.letters;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.messaging.letters.DeadLetter;
import io.campaignlauncher.schemas.Topic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The dead letters in the database. How far the topics were read stands beside them and moves in the same transaction, so that several
 * may read at once and each letter is here once. Every call blocks.
 */
public final class LetterTable {

    /** Of the groups that are told; beyond it something else is wrong. */
    static final int GROUPS_MAX = 200;

    private final JdbcClient sql;
    private final JdbcTemplate batches;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public LetterTable(DataSource dataSource, PlatformTransactionManager transactions, Clock clock) {
        this.sql = JdbcClient.create(dataSource);
        this.batches = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** From where the partition is to be read on. What is here of an earlier topic of this name is forgotten. */
    long position(Topic topic, int partition, String topicId) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            sql.sql("""
                    insert into dead_letter_positions (topic, partition, topic_id, next_offset) values (?, ?, ?, 0)
                    on conflict do nothing""").params(topic.topicName(), partition, topicId).update();
            var known = sql.sql("""
                    select topic_id from dead_letter_positions where topic = ? and partition = ? for update""")
                    .params(topic.topicName(), partition).query(String.class).single();
            if (!known.equals(topicId)) {
                sql.sql("delete from dead_letters where topic = ? and partition = ?")
                        .params(topic.topicName(), partition).update();
                sql.sql("""
                        update dead_letter_positions set topic_id = ?, next_offset = 0
                        where topic = ? and partition = ?""").params(topicId, topic.topicName(), partition).update();
            }
            return sql.sql("select next_offset from dead_letter_positions where topic = ? and partition = ?")
                    .params(topic.topicName(), partition).query(Long.class).single();
        }));
    }

    /** @param records of the partition of a {@code .dlt}, in their order, at least one: letters, and notes of what was redriven */
    void take(Topic topic, TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        transaction.executeWithoutResult(_ -> {
            long next = sql.sql("""
                    select next_offset from dead_letter_positions where topic = ? and partition = ? for update""")
                    .params(topic.topicName(), partition.partition()).query(Long.class).single();
            var letters = new ArrayList<Object[]>();
            var redriven = new ArrayList<Object[]>();
            for (var record : records) {
                var offset = DeadLetter.redrivenOffset(record);
                if (record.offset() < next) {
                    continue;
                }
                if (offset == null) {
                    letters.add(row(topic, record));
                } else {
                    redriven.add(new Object[]{ time(Instant.ofEpochMilli(record.timestamp())), topic.topicName(),
                        record.partition(), offset });
                }
            }
            batches.batchUpdate(
                    """
                            insert into dead_letters (topic, partition, record_offset, parked_at, reason, reason_kind, consumer, type,
                                source, about, tenant, value_bytes, obstacle, came_back)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""",
                    letters);
            // A letter comes before the note about it.
            batches.batchUpdate("""
                    update dead_letters set redriven_at = coalesce(redriven_at, ?)
                    where topic = ? and partition = ? and record_offset = ?""", redriven);
            sql.sql("""
                    update dead_letter_positions set next_offset = greatest(next_offset, ?)
                    where topic = ? and partition = ?""")
                    .params(records.getLast().offset() + 1, topic.topicName(), partition.partition()).update();
        });
    }

    private @Nullable Object[] row(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        var letter = new DeadLetter(record);
        var reason = letter.reason();
        var obstacle = Obstacle.of(letter, topic);
        return new @Nullable Object[]{ topic.topicName(), record.partition(), record.offset(),
            time(parkedAt(letter, record)), reason, ReasonKind.of(reason), letter.consumer(), letter.type(),
            letter.source(), letter.about(), letter.tenant(), Long.parseLong(letter.bytes()),
            obstacle == null ? null : obstacle.name(), letter.cameBack() };
    }

    /** A stranger may have written anything there. */
    private static Instant parkedAt(DeadLetter letter, ConsumerRecord<?, ?> record) {
        try {
            return Instant.parse(letter.parkedAt());
        } catch (DateTimeException e) {
            return Instant.ofEpochMilli(record.timestamp());
        }
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** They are published again for good. */
    void redriven(List<LetterPlace> places) {
        var now = time(clock.instant());
        batches.batchUpdate("""
                update dead_letters set redriven_at = coalesce(redriven_at, ?)
                where topic = ? and partition = ? and record_offset = ?""", places.stream()
                .map(place -> new Object[]{ now, place.topic().topicName(), place.partition(), place.offset() })
                .toList());
    }

    /** Those that wait, by topic and kind of reason, the most first. */
    public List<LetterGroup> groups(Visibility visible, LetterFilter filter) {
        return asked("""
                select topic, reason_kind, count(*) as letters, count(*) filter (where obstacle is null) as redrivable,
                    count(*) filter (where came_back) as came_back, min(parked_at) as oldest, max(parked_at) as newest,
                    max(obstacle) as obstacle
                from dead_letters where redriven_at is null""", visible, filter,
                " group by topic, reason_kind order by letters desc, newest desc limit " + GROUPS_MAX)
                .query(LetterTable::group).list();
    }

    private static LetterGroup group(ResultSet row, int number) throws SQLException {
        int redrivable = row.getInt("redrivable");
        var kind = row.getString("reason_kind");
        return new LetterGroup(row.getString("topic"), kind, row.getInt("letters"), redrivable,
                row.getInt("came_back"), instant(row, "oldest"), instant(row, "newest"),
                Advice.of(kind, redrivable > 0 ? null : obstacle(row)));
    }

    /** @param withRedriven also those that do not wait any more @param before only those with a lower number */
    public List<Letter> letters(Visibility visible, LetterFilter filter, boolean withRedriven, long before,
            int limit) {
        return asked("select * from dead_letters where letter_id < :before"
                + (withRedriven ? "" : " and redriven_at is null"), visible, filter,
                " order by letter_id desc limit :limit")
                .param("before", before).param("limit", limit).query(LetterTable::letter).list();
    }

    /** In the order in which they were given up: those that wait, and those that do not as well where it is said. */
    List<Letter> toRedrive(Visibility visible, LetterFilter filter, boolean again, int limit) {
        return asked("select * from dead_letters where true" + (again ? "" : " and redriven_at is null"), visible,
                filter, " order by topic, partition, record_offset limit :limit")
                .param("limit", limit).query(LetterTable::letter).list();
    }

    /** How many that would be. */
    public int count(Visibility visible, LetterFilter filter, boolean again) {
        return asked("select count(*) from dead_letters where true" + (again ? "" : " and redriven_at is null"),
                visible, filter, "").query(Integer.class).single();
    }

    public Optional<Letter> letter(Visibility visible, LetterPlace place) {
        return asked("""
                select * from dead_letters
                where partition = :partition and record_offset = :offset""", visible,
                new LetterFilter(place.topic().topicName(), null, null), "")
                .param("partition", place.partition()).param("offset", place.offset())
                .query(LetterTable::letter).optional();
    }

    /** What says no tenant is nobody's but who sees everything; and nobody sees letters as an owner. */
    private JdbcClient.StatementSpec asked(String select, Visibility visible, LetterFilter filter, String rest) {
        return sql.sql(select + (visible.tenant() == null ? "" : " and tenant = :tenant")
                + (visible.owner() == null ? "" : " and false")
                + (filter.topic() == null ? "" : " and topic = :topic")
                + (filter.reasonKind() == null ? "" : " and reason_kind = :kind")
                + (filter.about() == null ? "" : " and about = :about") + rest)
                .param("tenant", visible.tenant())
                .param("topic", filter.topic())
                .param("kind", filter.reasonKind())
                .param("about", filter.about());
    }

    private static Letter letter(ResultSet row, int number) throws SQLException {
        var obstacle = obstacle(row);
        var redrivenAt = row.getObject("redriven_at", OffsetDateTime.class);
        return new Letter(row.getLong("letter_id"),
                new LetterPlace(Topic.named(row.getString("topic")), row.getInt("partition"),
                        row.getLong("record_offset")),
                instant(row, "parked_at"), row.getString("reason"), row.getString("reason_kind"),
                row.getString("consumer"), row.getString("type"), row.getString("source"),
                row.getObject("about", UUID.class), row.getString("tenant"), row.getLong("value_bytes"),
                row.getBoolean("came_back"), obstacle == null ? null : obstacle.sentence(),
                Advice.of(row.getString("reason"), obstacle),
                redrivenAt == null ? null : redrivenAt.toInstant());
    }

    private static @Nullable Obstacle obstacle(ResultSet row) throws SQLException {
        var name = row.getString("obstacle");
        return name == null ? null : Obstacle.valueOf(name);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class), column).toInstant();
    }
}
