package io.campaignlauncher.chaos;

import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.market.messages.MarketMessages;
import io.campaignlauncher.market.model.RecordedEvent;
import io.campaignlauncher.market.tables.MarketDifferences;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords.Received;
import io.campaignlauncher.schemas.Topic;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Compares what market.events tells with what the event store holds, and with the tables. A record may be there again; whoever leaves
 * out repetitions sees each event once and each stream in order, on one key.
 */
final class MarketTopic {

    private static final String SCHEMA = "market";

    private final Map<String, StoredEvent> stored;
    /** What the topic tells, by the id of the event, at the position that the store has for it. */
    private final Map<String, RecordedEvent> published = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private MarketTopic(Map<String, StoredEvent> stored) {
        this.stored = stored;
    }

    /** A sentence for each thing that is wrong. */
    static List<String> problems(MarketFleet fleet) {
        var events = new EventReader(JdbcClient.create(fleet.database()), new EventStoreSchema(SCHEMA));
        var topic = new MarketTopic(events.page(0, events.lastIndex(), Integer.MAX_VALUE).stream()
                .collect(Collectors.toMap(StoredEvent::eventId, Function.identity())));
        new Published(fleet).read(Topic.MARKET_EVENTS, topic::take);
        topic.lookForMissing();
        if (topic.problems.isEmpty()) {
            topic.compare(fleet.database());
        }
        return topic.problems;
    }

    private void take(String key, Received received) {
        var envelope = received.envelope();
        var known = stored.get(envelope.id());
        if (known == null) {
            problems.add("market.events: nobody has stored event " + envelope);
        } else if (published.putIfAbsent(envelope.id(), new RecordedEvent(known.globalIndex(), envelope.time(),
                MarketMessages.event(received.message()))) == null) {
            takeNew(key, envelope);
        }
    }

    private void takeNew(String key, Envelope envelope) {
        var stream = envelope.subject();
        long sequence = Objects.requireNonNullElse(envelope.sequence(), -1L);
        var before = sequences.put(stream, sequence);
        if (sequence != (before == null ? 0 : before + 1)) {
            problems.add("market.events: event " + sequence + " of " + stream + " came after event " + before);
        }
        if (!key.equals(keys.computeIfAbsent(stream, _ -> key))) {
            problems.add("market.events: " + stream + " has the keys " + key + " and " + keys.get(stream));
        }
    }

    private void lookForMissing() {
        stored.values().stream().filter(event -> !published.containsKey(event.eventId()))
                .forEach(event -> problems.add("market.events lacks event " + event.sequence() + " of " + event.jobId()
                        + ", " + event.type()));
    }

    private void compare(DataSource database) {
        try (var connection = database.getConnection()) {
            new MarketDifferences(new SingleConnectionDataSource(connection, true), SCHEMA)
                    .tell(consumer -> consumer.accept(inOrder()), difference -> problems
                            .add("the tables differ from what market.events tells: " + difference));
        } catch (SQLException e) {
            throw new IllegalStateException("the tables cannot be read", e);
        }
    }

    private List<RecordedEvent> inOrder() {
        return published.values().stream().sorted(Comparator.comparingLong(RecordedEvent::position)).toList();
    }
}
