package io.campaignlauncher.tools.market;

import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.market.model.RecordedEvent;
import io.campaignlauncher.market.tables.EventHistory;
import io.campaignlauncher.market.tables.MarketDifferences;
import io.campaignlauncher.market.tables.TableDifference;
import io.campaignlauncher.tools.events.EventStore;
import io.campaignlauncher.tools.events.OperationRefused;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Compares the marketplace's tables with a replay of all its events. Tables and events are written in one transaction, so that any
 * difference is one.
 */
public final class MarketCheck {

    private static final EventStoreSchema SCHEMA = EventStoreSchema.MARKETPLACE;
    private static final int EVENTS_AT_ONCE = 500;
    private static final String GAPS = """
            select aggregate_identifier || ' event ' || before + 1 from (
                select aggregate_identifier, sequence_number, lag(sequence_number, 1, -1::bigint) over
                    (partition by aggregate_identifier order by sequence_number) as before
                from %s) place
            where sequence_number > before + 1""".formatted(SCHEMA.events());

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final Consumer<TableDifference> found;
    private final LongConsumer progress;
    private long events;
    private long differences;

    private MarketCheck(DataSource dataSource, Consumer<TableDifference> found, LongConsumer progress) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.found = found;
        this.progress = progress;
    }

    /** @param events that were replayed; 0 where the event store itself lacks some */
    public record Result(long events, long differences) {}

    /**
     * Tells every difference. Where the event store lacks events, it tells of these alone: nothing follows from the others.
     *
     * @param progress is told how many events were read
     * @throws OperationRefused where an event cannot be read, or does not follow from those before it
     */
    public static Result of(EventStore.Address address, Consumer<TableDifference> found, LongConsumer progress)
            throws SQLException {
        try (var connection = address.connect()) {
            var check = new MarketCheck(new SingleConnectionDataSource(connection, true), found, progress);
            check.gaps();
            if (check.differences == 0) {
                check.tables();
            }
            return new Result(check.events, check.differences);
        }
    }

    private void gaps() {
        jdbc.sql(GAPS).query(String.class).list()
                .forEach(place -> tell(new TableDifference("domain_events", place, null, null, "there")));
    }

    private void tables() {
        new MarketDifferences(dataSource, SCHEMA.name()).tell(this::read, this::tell);
    }

    private void tell(TableDifference difference) {
        differences++;
        found.accept(difference);
    }

    /** As {@link EventHistory} says. */
    private void read(Consumer<List<RecordedEvent>> consumer) {
        new EventReader(jdbc, SCHEMA).all(EVENTS_AT_ONCE, stored -> {
            apply(consumer, stored.stream().map(MarketCheck::recorded).toList());
            events += stored.size();
            progress.accept(events);
        });
    }

    private static void apply(Consumer<List<RecordedEvent>> consumer, List<RecordedEvent> some) {
        try {
            consumer.accept(some);
        } catch (RuntimeException e) {
            throw new OperationRefused("what the events from position " + some.getFirst().position() + " to "
                    + some.getLast().position() + " say does not follow from those before them: " + e.getMessage());
        }
    }

    private static RecordedEvent recorded(StoredEvent stored) {
        var past = MarketHistory.past(stored);
        return new RecordedEvent(past.position(), past.stored().at(), past.readable());
    }
}
