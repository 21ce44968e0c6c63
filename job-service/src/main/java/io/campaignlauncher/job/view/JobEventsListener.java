package io.campaignlauncher.job.view;

import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.Anomaly;
import io.campaignlauncher.schemas.LaunchRecords;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings what a poll of {@code job.events} gave into the tables, in one transaction. Fails as a whole; its container tries
 * again until it works.
 */
final class JobEventsListener implements BatchMessageListener<String, byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(JobEventsListener.class);

    private final Projection projection;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final ReadModelMeters meters;
    private final Anomalies anomalies;
    private final Clock clock;

    JobEventsListener(Projection projection, JdbcTemplate jdbc, TransactionTemplate transaction, ReadModelMeters meters,
            Anomalies anomalies, Clock clock) {
        this.projection = projection;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.meters = meters;
        this.anomalies = anomalies;
        this.clock = clock;
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> records) {
        var facts = new ArrayList<StoredFact>(records.size());
        for (var record : records) {
            var fact = fact(record);
            if (fact != null) {
                facts.add(fact);
            }
        }
        if (facts.isEmpty()) {
            return;
        }
        Map<Anomaly, Long> told;
        try {
            told = Objects.requireNonNull(transaction.execute(_ -> {
                SwapLock.shareWithWriters(jdbc);
                return projection.apply(facts);
            }));
        } catch (RuntimeException | Error e) {
            projection.forget(facts);
            throw e;
        }
        anomalies.count(told);
        var now = clock.instant();
        facts.forEach(fact -> meters.inTablesAfter(Duration.between(fact.at(), now)));
    }

    /** The event in a record; null for a record that is none, which the change feed never writes. */
    private @Nullable StoredFact fact(ConsumerRecord<String, byte[]> record) {
        try {
            return new StoredFact(UUID.fromString(record.key()), Long.parseLong(header(record, "ce_sequence")),
                    LaunchRecords.timeOf(record), header(record, "ce_type"), record.value());
        } catch (RuntimeException e) {
            LOG.error("{}-{}@{} is no event of a job and is left out: {}", record.topic(), record.partition(),
                    record.offset(), e.getMessage());
            meters.unreadable();
            return null;
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
