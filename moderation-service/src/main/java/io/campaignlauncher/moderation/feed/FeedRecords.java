package io.campaignlauncher.moderation.feed;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.market.messages.LaunchCommands;
import io.campaignlauncher.market.messages.PostCommandInEvent;
import io.campaignlauncher.moderation.store.EventStore;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PostingStarted;
import io.campaignlauncher.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Which records a stored event becomes: itself on market.events, and the command to the posting service, or the request for a launch, where it
 * holds one.
 */
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
            var event = records.encoding().decode(stored.type(), stored.payload());
            PostCommandInEvent.of(event)
                    .ifPresent(command -> all.add(records.record(Topic.POSTING_COMMANDS, stored.jobId(), command,
                            new Envelope(stored.eventId() + "/command", command.getSchema().getName(), SOURCE,
                                    stored.jobId(), stored.at(), null, envelope.correlationId(), stored.eventId(),
                                    envelope.traceparent(), owned.tenant(), owned.owner()))));
            if (event instanceof PostingStarted started) {
                launch(started, envelope).ifPresent(all::add);
            }
        }
        return all;
    }

    /** The request for the job-service, whose id is the job's: so it is one however often the start is published. */
    private Optional<ProducerRecord<String, byte[]>> launch(PostingStarted started, Envelope event) {
        return Optional.ofNullable(LaunchCommands.command(started)).map(request -> {
            var jobId = JobIds.of(request).toString();
            return records.record(Topic.CAMPAIGN_COMMANDS, jobId, request,
                    new Envelope(jobId, CreateCampaign.getClassSchema().getName(), SOURCE, jobId, event.time(), null,
                            event.correlationId(), event.id(), event.traceparent(), request.getTenant(),
                            request.getOwner()));
        });
    }
}
