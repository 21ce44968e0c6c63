package io.campaignlauncher.moderation.store;

import io.campaignlauncher.eventstore.EventIds;
import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.eventstore.EventWriter;
import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.market.messages.MarketMessages;
import io.campaignlauncher.market.model.CampaignEvent;
import io.campaignlauncher.market.model.LedgerEvent;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.model.RecordedEvent;
import io.campaignlauncher.market.model.TargetEvent;
import io.campaignlauncher.schemas.AvroEncoding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The events of the marketplace as they are stored. Everything blocks; writes need the caller's transaction. */
public final class EventStore {

    /** Beside an event: the key of its record. */
    public static final String KEY = "key";

    private final EventWriter writer;
    private final AvroEncoding encoding;

    public EventStore(JdbcClient jdbc, AvroEncoding encoding) {
        this.writer = new EventWriter(jdbc, EventStoreSchema.MARKETPLACE);
        this.encoding = encoding;
    }

    /**
     * Stores what was decided together, by whoever has the rows locked that it is about.
     *
     * @param traceparent of the request; null: none
     * @throws org.springframework.dao.DuplicateKeyException where something that is there already is to begin
     */
    List<RecordedEvent> append(List<MarketEvent> events, Instant at, @Nullable String traceparent) {
        var begun = events.stream().filter(MarketEvent::isFirst).map(MarketEvent::stream).collect(Collectors.toSet());
        var sequences = writer.next(events.stream().map(MarketEvent::stream)
                .filter(stream -> !begun.contains(stream)).map(stream -> stream.id().toString()).distinct().toList());
        var rows = new ArrayList<EventWriter.NewEvent>(events.size());
        for (var event : events) {
            var stream = event.stream().id().toString();
            var sequence = sequences.merge(stream, 1L, Long::sum) - 1;
            var message = MarketMessages.message(event);
            rows.add(new EventWriter.NewEvent(EventIds.next().toString(), stream, sequence,
                    event.stream().kind().word(), at.toString(), message.getSchema().getName(),
                    encoding.encode(message), beside(event, traceparent)));
        }
        var positions = writer.append(rows);
        var recorded = new ArrayList<RecordedEvent>(events.size());
        for (int i = 0; i < events.size(); i++) {
            recorded.add(new RecordedEvent(positions.get(i), at, events.get(i)));
        }
        return recorded;
    }

    private static byte[] beside(MarketEvent event, @Nullable String traceparent) {
        var values = new HashMap<String, String>();
        values.put(StoredMetaData.CORRELATION_ID, event.by().correlationId());
        values.put(StoredMetaData.TENANT, event.by().tenant());
        values.put(StoredMetaData.OWNER, event.by().userId());
        values.put(KEY, key(event).toString());
        if (traceparent != null) {
            values.put(StoredMetaData.TRACEPARENT, traceparent);
        }
        return JsonMapper.shared().writeValueAsBytes(values);
    }

    /** What is of a campaign keeps its order with the campaign. */
    private static UUID key(MarketEvent event) {
        return switch (event) {
            case CampaignEvent e -> e.campaignId();
            case TargetEvent e -> e.campaignId();
            case LedgerEvent.MoneyMoved e -> e.campaignId() == null ? e.transactionId() : e.campaignId();
            default -> event.stream().id();
        };
    }
}
