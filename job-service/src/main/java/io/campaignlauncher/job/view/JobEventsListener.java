package io.campaignlauncher.job.view;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.Outage;
import io.campaignlauncher.readmodel.LiveProjection;
import io.campaignlauncher.readmodel.ReadModelMeters;
import io.campaignlauncher.schemas.LaunchRecords;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Brings what a poll of {@code job.events} gave into the tables, in one transaction. In an outage it fails as a whole, and its
 * container tries again until it works; a job that the tables refuse is passed over by itself.
 */
final class JobEventsListener implements BatchMessageListener<String, byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(JobEventsListener.class);

    private final LiveProjection tables;
    private final CredentialUses uses;
    private final ReadModelMeters meters;
    private final Anomalies anomalies;
    private final Clock clock;

    JobEventsListener(LiveProjection tables, CredentialUses uses, ReadModelMeters meters, Anomalies anomalies,
            Clock clock) {
        this.tables = tables;
        this.uses = uses;
        this.meters = meters;
        this.anomalies = anomalies;
        this.clock = clock;
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> records) {
        var events = new ArrayList<StoredEvent>(records.size());
        for (var record : records) {
            var event = event(record);
            if (event != null) {
                events.add(event);
            }
        }
        if (events.isEmpty()) {
            return;
        }
        try {
            anomalies.count(tables.bring(events));
        } catch (RuntimeException e) {
            if (Outage.isBehind(e)) {
                throw e;
            }
            jobByJob(events);
        }
        uses.note(events);
        var now = clock.instant();
        events.forEach(event -> meters.inTablesAfter(Duration.between(event.at(), now)));
    }

    /** The tables refuse something of one job: the others of the poll go on without it. */
    private void jobByJob(List<StoredEvent> events) {
        var byJob = new LinkedHashMap<UUID, List<StoredEvent>>();
        events.forEach(event -> byJob.computeIfAbsent(event.job(), _ -> new ArrayList<>()).add(event));
        byJob.forEach((jobId, history) -> {
            try {
                anomalies.count(tables.bring(history));
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
    private @Nullable StoredEvent event(ConsumerRecord<String, byte[]> record) {
        try {
            return StoredEvent.fromTopic(UUID.fromString(record.key()), Long.parseLong(header(record, "ce_sequence")),
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
