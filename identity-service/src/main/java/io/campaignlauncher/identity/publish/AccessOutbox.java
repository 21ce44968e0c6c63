package io.campaignlauncher.identity.publish;

import io.campaignlauncher.identity.store.AccessChanges.Change;
import io.campaignlauncher.identity.store.AccessChanges;
import io.campaignlauncher.messaging.OutboxPublisher.Outbox;
import io.campaignlauncher.messaging.OutboxPublisher.Publish;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What has become of users, sessions and API keys, for the topic {@code access}. */
final class AccessOutbox implements Outbox {

    private static final String SOURCE = "/identity-service";

    private final AccessChanges changes;
    private final LaunchRecords records;
    private final Clock clock;

    AccessOutbox(AccessChanges changes, LaunchRecords records, Clock clock) {
        this.changes = changes;
        this.records = records;
        this.clock = clock;
    }

    @Override
    public boolean isPending() {
        return changes.isPending();
    }

    @Override
    public boolean publishNext(Publish publish) {
        return changes.tellNext(some -> publish.accept(records(some)));
    }

    /** Lets go of what nobody needs any more. */
    @Override
    public void tidy(Publish publish) {
        changes.forgetSome(some -> publish.accept(records(some)));
    }

    private List<ProducerRecord<String, byte[]>> records(List<Change> some) {
        return some.stream().map(this::record).toList();
    }

    private ProducerRecord<String, byte[]> record(Change change) {
        var message = change.message();
        return message == null ? new ProducerRecord<>(Topic.ACCESS.topicName(), change.key(), null)
                : records.record(Topic.ACCESS, change.key(), message, Envelope.of(change.key() + "/" + change.change(),
                        message.getSchema().getName(), SOURCE, change.key(), clock.instant()));
    }
}
