package io.campaignlauncher.tools.archive;

import io.campaignlauncher.eventstore.StoredEvent;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where an export has its events from. */
public interface ExportSource {

    /** Takes an event. */
    @FunctionalInterface
    interface Taker {
        void take(StoredEvent event) throws IOException;
    }

    /**
     * How far the source was read.
     *
     * @param at              when, by the source's clock
     * @param lastGlobalIndex no event with this index or a lower one came later
     * @param mayGrow         later exports of the same may hold more
     * @param only            which of the events were taken, in words; null: all of the range
     * @param store           the schema of another event store than that of launches; null: it is that, or none
     */
    record Reach(Instant at, long lastGlobalIndex, boolean mayGrow, @Nullable String only, @Nullable String store) {}

    /** Hands over the events that are wanted, in the order of their indices, which begin with 1 or later. */
    Reach read(Taker taker) throws IOException, SQLException;
}
