package io.campaignlauncher.job.axon;

import io.campaignlauncher.eventstore.EventIds;
import org.axonframework.common.IdentifierFactory;

/** Axon's ids of messages, and so of stored events; found by {@link java.util.ServiceLoader}. */
public final class TimeOrderedIds extends IdentifierFactory {

    @Override
    public String generateIdentifier() {
        return EventIds.next().toString();
    }
}
