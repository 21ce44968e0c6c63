package io.campaignlauncher.tools.market;

import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.tools.events.EventCursor;
import io.campaignlauncher.tools.events.EventStore;
import io.campaignlauncher.tools.events.MarketTopicHistory;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.eventstore.StoredEvent;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Hands over events of the marketplace one after the other. */
public final class MarketHistory {

    private static final AvroEncoding ENCODING = new AvroEncoding();

    private MarketHistory() {}

    /**
     * Every event that is about something, or names it, in the order of the event store. A long history takes no more memory than a short
     * one.
     *
     * @param progress is told how many events were found
     */
    public static void naming(EventStore store, UUID id, Consumer<PastEvent> consumer, LongConsumer progress)
            throws SQLException {
        try (var cursor = store.naming(id)) {
            each(cursor, consumer, progress);
        }
    }

    /** The same as far as {@code market.events} has it. @param progress is told how many records were read */
    public static void naming(KafkaConsumer<String, byte[]> topic, UUID id, Consumer<PastEvent> consumer,
            LongConsumer progress) {
        MarketTopicHistory.naming(topic, id, ENCODING, progress)
                .forEach(event -> consumer.accept(PastEvent.of(StoredEvent.NOT_TOLD, event)));
    }

    static void each(EventCursor cursor, Consumer<PastEvent> consumer, LongConsumer progress) throws SQLException {
        for (long read = 1; cursor.next(); read++) {
            consumer.accept(past(cursor.event()));
            progress.accept(read);
        }
    }

    static PastEvent past(StoredEvent stored) {
        try {
            return PastEvent.of(stored.globalIndex(), stored.decoded(ENCODING));
        } catch (RuntimeException e) {
            throw new OperationRefused("event " + stored.globalIndex() + " cannot be read: " + e.getMessage());
        }
    }
}
