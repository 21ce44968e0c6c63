package io.campaignlauncher.readmodel;

import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.messaging.Anomaly;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.telemetry.LogScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds events into the tables: an event that was applied already changes nothing, and one that is missing before another is
 * fetched from the event store first. What the store does not have either is passed over, for it will never come. Needs a transaction around {@link #apply}.
 */
final class Projection {

    private static final Logger LOG = LoggerFactory.getLogger(Projection.class);

    private final ReadModelTables tables;
    private final EventReader store;
    private final AvroEncoding encoding;
    private final ReadModelMeters meters;

    Projection(ReadModelTables tables, EventReader store, AvroEncoding encoding, ReadModelMeters meters) {
        this.tables = tables;
        this.store = store;
        this.encoding = encoding;
        this.meters = meters;
    }

    /**
     * @param events of any jobs, each job's in order
     * @return the anomalies that they tell of, counted once the transaction is committed
     */
    Map<Anomaly, Long> apply(List<StoredEvent> events) {
        var anomalies = new AnomalyTally();
        var byJob = new LinkedHashMap<UUID, List<StoredEvent>>();
        events.forEach(stored -> byJob.computeIfAbsent(stored.job(), _ -> new ArrayList<>()).add(stored));
        var jobs = tables.take(byJob.keySet());
        var changed = new ArrayList<JobView>(byJob.size());
        byJob.forEach((jobId, history) -> {
            var job = Objects.requireNonNull(jobs.get(jobId));
            var before = job.version();
            try (var _ = LogScope.ofJob(jobId.toString())) {
                history.forEach(stored -> applyInTurn(job, stored, anomalies));
            }
            if (job.version() != before) {
                changed.add(job);
            }
        });
        tables.write(changed);
        return anomalies.times();
    }

    /** Call it when the transaction around {@link #apply} failed. */
    void forget(List<StoredEvent> events) {
        tables.forget(events.stream().map(StoredEvent::job).toList());
    }

    private void applyInTurn(JobView job, StoredEvent stored, AnomalyTally anomalies) {
        if (stored.sequence() <= job.version()) {
            anomalies.repeated();
            return;
        }
        if (stored.sequence() > job.version() + 1) {
            LOG.warn("job {}: events {} to {} did not come; reading them from the event store", job.jobId(),
                    job.version() + 1, stored.sequence() - 1);
            meters.gap();
            var missing = store.between(job.jobId(), job.version(), stored.sequence());
            missing.forEach(missed -> apply(job, missed, anomalies));
            if (missing.isEmpty() || missing.getLast().sequence() != stored.sequence()) {
                LOG.error("job {}: the event store does not know its event {} ({}); it is passed over", job.jobId(),
                        stored.sequence(), stored.type());
                meters.passedOver();
            }
            return;
        }
        apply(job, stored, anomalies);
    }

    private void apply(JobView job, StoredEvent stored, AnomalyTally anomalies) {
        if (stored.sequence() != job.version() + 1) {
            LOG.error(
                    "job {}: events {} to {} are neither on the topic nor in the event store, but event {} is; its rows "
                            + "go on without them",
                    job.jobId(), job.version() + 1, stored.sequence() - 1, stored.sequence());
            meters.passedOver();
        }
        JobFold.next(job, stored.sequence(), stored.at(), read(job, stored, anomalies));
    }

    private @Nullable SpecificRecord read(JobView job, StoredEvent stored, AnomalyTally anomalies) {
        try {
            var event = encoding.decode(stored.type(), stored.payload());
            anomalies.add(job, event);
            meters.applied();
            return event;
        } catch (UnreadableRecord e) {
            // A newer version wrote it. The rest of the job is still worth showing; a rebuild after the upgrade mends the row.
            LOG.error("job {}: event {} ({}) cannot be read and is left out: {}", job.jobId(), stored.sequence(),
                    stored.type(), e.getMessage());
            meters.unreadable();
            return null;
        }
    }
}
