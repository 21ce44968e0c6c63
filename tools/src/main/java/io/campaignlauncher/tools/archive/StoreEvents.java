package io.campaignlauncher.tools.archive;

import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.tools.events.EventStore;
import io.campaignlauncher.tools.events.TimeRange;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** The events of a range of time, out of an event store. */
final class StoreEvents implements ExportSource {

    private static final Duration WRITERS_PATIENCE = Duration.ofSeconds(30);

    private final EventStore.Address address;
    private final EventStoreSchema schema;
    private final TimeRange range;

    StoreEvents(EventStore.Address address, EventStoreSchema schema, TimeRange range) {
        this.address = address;
        this.schema = schema;
        this.range = range;
    }

    @Override
    public Reach read(Taker taker) throws IOException, SQLException {
        try (var settled = EventStore.openSettled(address, schema, WRITERS_PATIENCE)) {
            var at = settled.store().at();
            try (var cursor = settled.store().near(range, settled.lastGlobalIndex())) {
                while (cursor.next()) {
                    if (range.contains(cursor.time())) {
                        taker.take(cursor.event());
                    }
                }
            }
            var mayGrow = range.to() == null || range.to().isAfter(at.minus(Export.LATEST_WRITE));
            return new Reach(at, settled.lastGlobalIndex(), mayGrow, null, Manifest.nameOf(schema));
        }
    }
}
