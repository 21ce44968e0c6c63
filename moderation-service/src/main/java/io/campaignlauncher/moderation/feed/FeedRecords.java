package io.campaignlauncher.moderation.feed;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.market.messages.PostCommandInEvent;
import io.campaignlauncher.moderation.store.EventStore;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Which records a stored event becomes: itself on market.events, and the posting service's command where it holds one. */
final class FeedRecords {

    private static final String SOURCE = "/moderation-service";

    private final LaunchRecords records;

    FeedRecords(LaunchRecords records) {
        this.records = records;
    }

    /** @throws RuntimeException where the event, or what was stored beside it, cannot be read */
    List<ProducerRecord<String, byte[]>> of(StoredEvent stored) {
        var beside = StoredMetaData.read(stored.metaData());
        var owned = StoredMetaData.ownership(beside);
        var envelope = new Envelope(stored.eventId(), stored.type(), SOURCE, stored.jobId(), stored.at(),
                stored.sequence(), beside.getOrDefault(StoredMetaData.CORRELATION_ID, stored.jobId()),
                beside.get(StoredMetaData.CAUSATION_ID), beside.get(StoredMetaData.TRACEPARENT), owned.tenant(),
                owned.owner());
        var all = new ArrayList<ProducerRecord<String, byte[]>>(2);
        all.add(records.record(Topic.MARKET_EVENTS, beside.getOrDefault(EventStore.KEY, stored.jobId()),
                stored.payload(), envelope));
        if (PostCommandInEvent.HOLDERS.contains(stored.type())) {
            PostCommandInEvent.of(records.encoding().decode(stored.type(), stored.payload()))
                    .ifPresent(command -> all.add(records.record(Topic.POSTING_COMMANDS, stored.jobId(), command,
                            new Envelope(stored.eventId() + "/command", command.getSchema().getName(), SOURCE,
                                    stored.jobId(), stored.at(), null, envelope.correlationId(), stored.eventId(),
                                    envelope.traceparent(), owned.tenant(), owned.owner()))));
        }
        return all;
    }
}
