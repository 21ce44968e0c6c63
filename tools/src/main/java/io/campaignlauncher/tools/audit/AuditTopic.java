package io.campaignlauncher.tools.audit;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.schemas.AuditEntry;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.tools.archive.ExportSource;
import io.campaignlauncher.tools.events.WholeTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The audit as the topic has it: every line once, however often it was published. Partitions are read one after the other, so a line always
 * has the same place. It remembers the id of each line that was asked for, some 100 bytes.
 */
public final class AuditTopic implements ExportSource {

    private static final byte[] NOTHING = {};

    private final KafkaConsumer<String, byte[]> consumer;
    private final AuditFilter filter;
    private final Clock clock;
    private final LaunchRecords records = new LaunchRecords();
    private final Set<UUID> seen = new HashSet<>();
    private long unreadable;
    private @Nullable String firstUnreadable;

    /**
     * A line of the audit.
     *
     * @param place   in the topic, from 1
     * @param service which noted it, e.g. {@code /job-service}
     */
    public record Line(long place, String service, AuditEntry entry, ConsumerRecord<String, byte[]> record) {}

    /** Takes a line. */
    @FunctionalInterface
    public interface Taker {
        void take(Line line) throws IOException;
    }

    /** @param consumer without a group; read once */
    public AuditTopic(KafkaConsumer<String, byte[]> consumer, AuditFilter filter, Clock clock) {
        this.consumer = consumer;
        this.filter = filter;
        this.clock = clock;
    }

    /** How many records are no lines, and where the first of them is; null: there is none. */
    public @Nullable String unreadable() {
        return firstUnreadable == null ? null
                : unreadable + " records of the topic cannot be read and are left out, the first is " + firstUnreadable;
    }

    /** Hands over every line that is asked for, in the order of the topic. @return how many records the topic has had */
    public long forEach(Taker taker) throws IOException {
        long before = 0;
        var ends = WholeTopic.endsOfExisting(consumer, Topic.AUDIT.topicName());
        try {
            for (var end : ends.entrySet().stream()
                    .sorted(Comparator.comparing(entry -> entry.getKey().partition())).toList()) {
                long first = before + 1;
                WholeTopic.read(consumer, Map.of(end.getKey(), end.getValue()),
                        record -> take(first + record.offset(), record, taker));
                before += end.getValue();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return before;
    }

    private void take(long place, ConsumerRecord<String, byte[]> record, Taker taker) {
        Line line;
        try {
            line = records.read(record, received -> new Line(place, received.envelope().source(),
                    (AuditEntry) received.message(), record));
            if (!filter.covers(line.entry()) || !seen.add(UUID.fromString(line.entry().getEntryId()))) {
                return;
            }
        } catch (UnreadableRecord | IllegalArgumentException e) {
            unreadable++;
            if (firstUnreadable == null) {
                firstUnreadable = record.topic() + "-" + record.partition() + "@" + record.offset();
            }
            return;
        }
        try {
            taker.take(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As events: the tenant stands where a job's id is, and which service noted it beside. A line may come any time after it was noted. */
    @Override
    public Reach read(ExportSource.Taker taker) throws IOException {
        var at = clock.instant();
        long last = forEach(line -> taker.take(event(line)));
        return new Reach(at, last, true, filter.only(), null);
    }

    private static StoredEvent event(Line line) {
        var entry = line.entry();
        var beside = JsonNodeFactory.instance.objectNode().put("service", line.service()).toString();
        var value = line.record().value();
        return new StoredEvent(line.place(), entry.getEntryId(), entry.getTenant(), line.record().offset(),
                entry.getAt().toString(), AuditEntry.getClassSchema().getName(), value == null ? NOTHING : value,
                beside.getBytes(StandardCharsets.UTF_8));
    }
}
