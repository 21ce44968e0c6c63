package io.campaignlauncher.job.notify;

import io.campaignlauncher.job.notify.model.Notification;
import io.campaignlauncher.job.notify.model.NotificationKind;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Notes for delivery what a poll of {@code job.events} tells that somebody wants to know. Returns when the notes are durable; a
 * repeated event adds none. Fails as a whole where the database is away; its container tries again until it works.
 */
final class NotificationListener implements BatchMessageListener<String, byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationListener.class);

    private final LaunchRecords records;
    private final NotifiedJobs jobs;
    private final WebhookDeliveries deliveries;
    private final WebhookMeters meters;
    private final Duration keep;
    private final Clock clock;

    private record NotifiableEvent(UUID jobId, long sequence, NotificationKind kind, Instant at,
            @Nullable String traceparent) {}

    /** @param keep what happened longer ago is not told any more */
    NotificationListener(LaunchRecords records, NotifiedJobs jobs, WebhookDeliveries deliveries,
            WebhookMeters meters, Duration keep, Clock clock) {
        this.records = records;
        this.jobs = jobs;
        this.deliveries = deliveries;
        this.meters = meters;
        this.keep = keep;
        this.clock = clock;
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> poll) {
        var now = clock.instant();
        var events = new ArrayList<NotifiableEvent>();
        for (var record : poll) {
            notifiable(record).filter(one -> !one.at().isBefore(now.minus(keep))).ifPresent(events::add);
        }
        if (events.isEmpty()) {
            return;
        }
        var webhooks = jobs.webhooks(events.stream().map(NotifiableEvent::jobId).distinct().toList());
        for (var one : events) {
            var webhook = webhooks.get(one.jobId());
            if (webhook != null) {
                note(one, webhook, now);
            }
        }
    }

    private void note(NotifiableEvent event, NotifiedJobs.NamedWebhook webhook, Instant now) {
        Notification notification;
        try {
            notification = Notification.of(event.jobId(), event.kind(), jobs.upTo(event.jobId(), event.sequence()));
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            // Nothing that waiting would mend; the notifications of other jobs must not wait for it.
            meters.count(WebhookMeters.Outcome.UNREADABLE);
            LOG.error("job {}: what should be told of it ({}) cannot be made out and is left out", event.jobId(),
                    event.kind().wireName(), e);
            return;
        }
        deliveries.note(notification, webhook, NotificationBody.of(notification), event.traceparent(), now);
    }

    private Optional<NotifiableEvent> notifiable(ConsumerRecord<String, byte[]> record) {
        var kind = NotificationKind.ofEvent(LaunchRecords.typeOf(record));
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(records.read(record, received -> notifiable(received.envelope(), kind.get())));
        } catch (UnreadableRecord e) {
            meters.count(WebhookMeters.Outcome.UNREADABLE);
            LOG.error("{}-{}@{} is no event of a job and nobody is told of it: {}", record.topic(), record.partition(),
                    record.offset(), e.getMessage());
            return Optional.empty();
        }
    }

    private static NotifiableEvent notifiable(Envelope envelope, NotificationKind kind) {
        if (envelope.sequence() == null) {
            throw new UnreadableRecord("no ce_sequence", null);
        }
        return new NotifiableEvent(UUID.fromString(envelope.subject()), envelope.sequence(), kind, envelope.time(),
                envelope.traceparent());
    }
}
