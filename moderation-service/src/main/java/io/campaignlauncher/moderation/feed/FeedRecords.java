package io.campaignlauncher.moderation.feed;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.moderation.store.EventStore;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Which records a stored event becomes: itself on market.events. */
final class FeedRecords {

    private static final String SOURCE = "/moderation-service";

    private final LaunchRecords records;

    FeedRecords(LaunchRecords records) {
        this.records = records;
    }

    /** @throws RuntimeException where the time or what was stored beside the event cannot be read */
    List<ProducerRecord<String, byte[]>> of(StoredEvent stored) {
        var beside = StoredMetaData.read(stored.metaData());
        var owned = StoredMetaData.ownership(beside);
        var envelope = new Envelope(stored.eventId(), stored.type(), SOURCE, stored.jobId(), stored.at(),
                stored.sequence(), beside.getOrDefault(StoredMetaData.CORRELATION_ID, stored.jobId()),
                beside.get(StoredMetaData.CAUSATION_ID), beside.get(StoredMetaData.TRACEPARENT), owned.tenant(),
                owned.owner());
        return List.of(records.record(Topic.MARKET_EVENTS, beside.getOrDefault(EventStore.KEY, stored.jobId()),
                stored.payload(), envelope));
    }
}
