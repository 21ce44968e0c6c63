package io.campaignlauncher.tools.events;

import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.WalletOpened;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** What {@code market.events} tells of something: the whole topic is read, as money has records of several partitions. */
public final class MarketTopicHistory {

    /** Partitions have no order among themselves; of one time, a wallet is there before its money. */
    private static final Comparator<HistoryEvent> IN_ORDER = Comparator.comparing(HistoryEvent::at)
            .thenComparing(event -> !event.type().equals(WalletOpened.getClassSchema().getName()));

    private MarketTopicHistory() {}

    /** @param sequence in the stream */
    private record Place(UUID stream, long sequence) {}

    /**
     * Every event that is about something, or names it, as far as it is published now, each once. Holds them in memory.
     *
     * @param consumer without a group
     * @param progress is told how many records were read
     */
    public static List<HistoryEvent> naming(KafkaConsumer<String, byte[]> consumer, UUID id, AvroEncoding encoding,
            LongConsumer progress) {
        var found = new LinkedHashMap<Place, HistoryEvent>();
        var read = new long[1];
        WholeTopic.read(consumer, WholeTopic.endsOfExisting(consumer, Topic.MARKET_EVENTS.topicName()), record -> {
            var stream = stream(record);
            if (stream.equals(id) || names(record, id)) {
                var event = TopicHistory.event(stream, record, encoding);
                found.putIfAbsent(new Place(stream, event.version()), event);
            }
            progress.accept(++read[0]);
        });
        return found.values().stream().sorted(IN_ORDER).toList();
    }

    private static UUID stream(ConsumerRecord<String, byte[]> record) {
        try {
            return UUID.fromString(PublishedEvent.needed(record.headers(), "ce_subject"));
        } catch (IllegalArgumentException e) {
            throw PublishedEvent.noEvent(record, e);
        }
    }

    /** Ids are texts in every message. */
    private static boolean names(ConsumerRecord<String, byte[]> record, UUID id) {
        return new String(record.value(), StandardCharsets.ISO_8859_1).contains(id.toString());
    }
}
