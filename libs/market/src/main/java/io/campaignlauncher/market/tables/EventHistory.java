package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.RecordedEvent;
import java.util.List;
import java.util.function.Consumer;

/** Every event of the marketplace that the event store has. */
public interface EventHistory {

    /** Hands them out in the order of their positions, each once, some at a time. */
    void read(Consumer<List<RecordedEvent>> consumer);
}
