package io.campaignlauncher.tools;

import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.tools.events.EventStore;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.tools.market.MarketHistory;
import io.campaignlauncher.tools.market.PastEvent;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What of the marketplace a command is about, and where its events are read. */
final class MarketEvents {

    /** Where events are. */
    enum Origin { store, topic }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "The id (UUID) of a campaign, a target, a channel, a wallet or a correction.")
    private UUID id = new UUID(0, 0);

    @Option(names = "--from", paramLabel = "ORIGIN", defaultValue = "store", description = "store: the event store; topic: market.events on Kafka, where the store is out of reach (default: store).")
    private Origin from = Origin.store;

    @Mixin
    private UpToEvent upTo = new UpToEvent();

    @Mixin
    private DatabaseConnection database = new DatabaseConnection();

    @Mixin
    private KafkaConnection kafka = new KafkaConnection();

    UUID id() {
        return id;
    }

    /** Hands over every event that names it, as far as they are asked for. @throws OperationRefused where there is none */
    void each(Consumer<PastEvent> consumer) throws SQLException {
        var point = upTo.point();
        var known = new boolean[1];
        read(past -> {
            known[0] = true;
            if (past.isBy(point)) {
                consumer.accept(past);
            }
        }, point);
        if (!known[0]) {
            throw new OperationRefused("nothing " + switch (from) {
                case store -> "in the event store";
                case topic -> "on the topic";
            } + " is about " + id);
        }
    }

    private void read(Consumer<PastEvent> consumer, Point point) throws SQLException {
        switch (from) {
            case store -> {
                try (var progress = Progress.of(spec, "reading the event store", "events", 0);
                        var store = EventStore.open(database.address(Environment.of(spec)),
                                EventStoreSchema.MARKETPLACE)) {
                    MarketHistory.naming(store, id, consumer, progress);
                }
            }
            case topic -> {
                if (point instanceof Point.AtVersion) {
                    throw new OperationRefused("the topic tells no positions: say a time");
                }
                try (var progress = Progress.of(spec, "reading market.events", "records", 0);
                        var consumerOfTopic = kafka.textKeyConsumer()) {
                    MarketHistory.naming(consumerOfTopic, id, consumer, progress);
                }
            }
        }
    }
}
