package io.campaignlauncher.job.view;

import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.Anomaly;
import io.campaignlauncher.messaging.Outage;
import io.campaignlauncher.schemas.LaunchRecords;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * Brings what a poll of {@code job.events} gave into the tables, in one transaction. In an outage it fails as a whole, and its
 * container tries again until it works; a job that the tables refuse is passed over by itself.
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
        try {
            anomalies.count(inTables(facts));
        } catch (RuntimeException e) {
            if (Outage.isBehind(e)) {
                throw e;
            }
            jobByJob(facts);
        }
        var now = clock.instant();
        facts.forEach(fact -> meters.inTablesAfter(Duration.between(fact.at(), now)));
    }

    private Map<Anomaly, Long> inTables(List<StoredFact> facts) {
        try {
            return Objects.requireNonNull(transaction.execute(_ -> {
                SwapLock.shareWithWriters(jdbc);
                return projection.apply(facts);
            }));
        } catch (RuntimeException | Error e) {
            projection.forget(facts);
            throw e;
        }
    }

    /** The tables refuse something of one job: the others of the poll go on without it. */
    private void jobByJob(List<StoredFact> facts) {
        var byJob = new LinkedHashMap<UUID, List<StoredFact>>();
        facts.forEach(fact -> byJob.computeIfAbsent(fact.jobId(), _ -> new ArrayList<>()).add(fact));
        byJob.forEach((jobId, history) -> {
            try {
                anomalies.count(inTables(history));
            } catch (RuntimeException e) {
                if (Outage.isBehind(e)) {
                    throw e;
                }
                LOG.error("job {}: its events {} to {} cannot be brought into the tables and are passed over", jobId,
                        history.getFirst().sequence(), history.getLast().sequence(), e);
                meters.passedOver();
            }
        });
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
