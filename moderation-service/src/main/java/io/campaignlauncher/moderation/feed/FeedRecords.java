package io.campaignlauncher.moderation.feed;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.moderation.store.EventStore;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PostedMessage;
import io.campaignlauncher.schemas.PostingStarted;
import io.campaignlauncher.schemas.PublishPost;
import io.campaignlauncher.schemas.ResolvePost;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.UnknownPostDecided;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Which records a stored event becomes: itself on market.events, and the posting service's command where it holds one. */
final class FeedRecords {

    private static final String SOURCE = "/moderation-service";
    private static final Set<String> HOLD_COMMANDS = Set.of(PostingStarted.getClassSchema().getName(),
            UnknownPostDecided.getClassSchema().getName());

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
        if (HOLD_COMMANDS.contains(stored.type())) {
            var command = command(records.encoding().decode(stored.type(), stored.payload()));
            if (command != null) {
                all.add(records.record(Topic.POSTING_COMMANDS, stored.jobId(), command,
                        new Envelope(stored.eventId() + "/command", command.getSchema().getName(), SOURCE,
                                stored.jobId(), stored.at(), null, envelope.correlationId(), stored.eventId(),
                                envelope.traceparent(), owned.tenant(), owned.owner())));
            }
        }
        return all;
    }

    private static @Nullable SpecificRecord command(SpecificRecord event) {
        return switch (event) {
            case PostingStarted started -> publish(started);
            case UnknownPostDecided decided -> new ResolvePost(decided.getPostJobId(), decided.getTargetId(),
                    decided.getPosted() ? messageId(decided.getMessage()) : null, decided.getBy().getUserId());
            default -> null;
        };
    }

    /** Null: it goes to Facebook. */
    private static @Nullable SpecificRecord publish(PostingStarted started) {
        var post = started.getPlace().getTelegram();
        var chatId = started.getChatId();
        return post == null || chatId == null ? null
                : new PublishPost(started.getPostJobId(), started.getTargetId(), chatId, post, started.getDeadline(),
                        started.getBy().getTenant(), started.getBy().getUserId());
    }

    private static @Nullable Long messageId(@Nullable PostedMessage message) {
        return message == null ? null : message.getMessageId();
    }
}
