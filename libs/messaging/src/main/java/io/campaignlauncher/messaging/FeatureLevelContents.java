package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.FeatureLevel;
import io.campaignlauncher.schemas.FeatureLevelAnnounced;
import io.campaignlauncher.schemas.LaunchRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What instances have announced. One counts until it takes that back, or has been silent for long while Kafka answered: silence
 * where Kafka is away says nothing. One thread fills it, and asks it.
 */
final class FeatureLevelContents implements CompactedTopic.Contents {

    private static final Logger LOG = LoggerFactory.getLogger(FeatureLevelContents.class);
    /** As often as a silent instance is waited for before its record is deleted. */
    private static final int FORGOTTEN_AFTER = 60;

    private record Announced(int reads, Instant at) {}

    private final LaunchRecords records;
    private final Duration countsFor;
    private final Clock clock;
    private final IntConsumer afterPoll;
    private final Consumer<String> forgotten;
    private Instant heardSince;
    private final Map<String, Announced> instances = new HashMap<>();
    private final List<String> taken = new ArrayList<>();

    /**
     * @param afterPoll told after each poll the highest level that all read that count
     * @param forgotten told of instances that are long gone and did not say so
     */
    FeatureLevelContents(LaunchRecords records, Duration countsFor, Clock clock, IntConsumer afterPoll,
            Consumer<String> forgotten) {
        this.records = records;
        this.countsFor = countsFor;
        this.clock = clock;
        this.afterPoll = afterPoll;
        this.forgotten = forgotten;
        this.heardSince = clock.instant();
    }

    /** An instance that cannot be understood may be of any release. */
    @Override
    public void take(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            LOG.warn("the record at offset {} of the feature levels is passed over: it says not whose it is",
                    record.offset());
        } else if (record.value() == null) {
            instances.remove(record.key());
        } else {
            instances.put(record.key(), new Announced(reads(record), Instant.ofEpochMilli(record.timestamp())));
        }
    }

    private int reads(ConsumerRecord<String, byte[]> record) {
        try {
            var received = records.read(record);
            taken.add(received.envelope().id());
            if (received.message() instanceof FeatureLevelAnnounced announced) {
                return announced.getReads();
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "the record at offset {} of the feature levels counts as of an instance that reads the first one: {}",
                    record.offset(), Reasons.of(e));
        }
        return FeatureLevel.FIRST;
    }

    @Override
    public void upToDate() {
        afterPoll.accept(instances.values().stream().mapToInt(Announced::reads).min().orElse(FeatureLevel.READ));
    }

    @Override
    public boolean asksOnAndOn() {
        return true;
    }

    /** Until it answers silence says nothing, and instances count on. */
    @Override
    public boolean unanswered() {
        heardSince = clock.instant();
        return true;
    }

    @Override
    public void stillThere() {
        var now = clock.instant();
        if (heardSince.plus(countsFor).isAfter(now)) {
            return;
        }
        instances.entrySet().removeIf(one -> {
            var silent = one.getValue().at().plus(countsFor).isBefore(now);
            if (silent && one.getValue().at().plus(countsFor.multipliedBy(FORGOTTEN_AFTER)).isBefore(now)) {
                forgotten.accept(one.getKey());
            }
            return silent;
        });
        upToDate();
    }

    @Override
    public void drainTaken(Consumer<String> consumer) {
        taken.forEach(consumer);
        taken.clear();
    }
}
