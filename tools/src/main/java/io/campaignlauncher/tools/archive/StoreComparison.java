package io.campaignlauncher.tools.archive;

import io.campaignlauncher.tools.events.EventCursor;
import io.campaignlauncher.tools.events.EventStore;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.tools.events.TimeRange;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Compares the events of an export, one after the other, with those that the event store has for the same range. */
final class StoreComparison implements AutoCloseable {

    private final EventStore store;
    private final EventCursor cursor;
    private final TimeRange range;

    private StoreComparison(EventStore store, EventCursor cursor, TimeRange range) {
        this.store = store;
        this.cursor = cursor;
        this.range = range;
    }

    static StoreComparison open(EventStore.Address address, Manifest manifest) throws SQLException {
        var store = EventStore.open(address, manifest.schema());
        try {
            return new StoreComparison(store, store.near(manifest.range(), manifest.upToGlobalIndex()),
                    manifest.range());
        } catch (SQLException e) {
            store.close();
            throw e;
        }
    }

    void next(ExportedEvent record) throws SQLException, Damage {
        var exported = record.event();
        var stored = stored();
        if (stored == null || stored.globalIndex() > exported.globalIndex()) {
            throw new Damage("the event store lacks event " + exported.eventId() + " (global index "
                    + exported.globalIndex() + ") of the export");
        }
        if (stored.globalIndex() < exported.globalIndex()) {
            throw lacking(stored);
        }
        if (!same(stored, exported)) {
            throw new Damage("event " + exported.eventId() + " (global index " + exported.globalIndex()
                    + ") is another one in the event store");
        }
    }

    /** Call it behind the last event. */
    void end() throws SQLException, Damage {
        var stored = stored();
        if (stored != null) {
            throw lacking(stored);
        }
    }

    private static Damage lacking(StoredEvent stored) {
        return new Damage("the export lacks event " + stored.eventId() + " (global index " + stored.globalIndex()
                + ") of the event store");
    }

    private @Nullable StoredEvent stored() throws SQLException {
        while (cursor.next()) {
            if (range.contains(cursor.time())) {
                return cursor.event();
            }
        }
        return null;
    }

    private static boolean same(StoredEvent one, StoredEvent other) {
        return one.eventId().equals(other.eventId()) && one.jobId().equals(other.jobId())
                && one.sequence() == other.sequence() && one.time().equals(other.time())
                && one.type().equals(other.type()) && Arrays.equals(one.payload(), other.payload())
                && Arrays.equals(one.metaData(), other.metaData());
    }

    @Override
    public void close() throws SQLException {
        try (store) {
            cursor.close();
        }
    }
}
