package io.campaignlauncher.tools.market;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.market.history.StreamFold;
import io.campaignlauncher.market.messages.MarketMessages;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.tools.events.OperationRefused;
import org.jspecify.annotations.Nullable;

/**
 * An event of the marketplace that has happened.
 *
 * @param position   of it in the event store; {@link StoredEvent#NOT_TOLD} where it comes from the topic
 * @param stored     its job is its stream, its version the place there
 * @param event      null where this version of the software cannot read it
 * @param unreadable why; null where it can
 */
public record PastEvent(long position, HistoryEvent stored, @Nullable MarketEvent event, @Nullable String unreadable) {

    public static PastEvent of(long position, HistoryEvent stored) {
        if (stored.message() == null) {
            return new PastEvent(position, stored, null, stored.unreadable());
        }
        try {
            return new PastEvent(position, stored, MarketMessages.event(stored.message()), null);
        } catch (RuntimeException e) {
            return new PastEvent(position, stored, null, String.valueOf(e.getMessage()));
        }
    }

    public boolean isBy(Point point) {
        return point.covers(position, stored.at());
    }

    /**
     * @return false: it is about something else
     * @throws OperationRefused where it does not follow, or cannot be read
     */
    public boolean applyTo(StreamFold fold) {
        try {
            return fold.apply(stored.version(), readable());
        } catch (IllegalStateException e) {
            throw new OperationRefused(String.valueOf(e.getMessage()));
        }
    }

    /** @throws OperationRefused where this version of the software cannot read it */
    MarketEvent readable() {
        if (event == null) {
            throw new OperationRefused("this version cannot read event " + stored.eventId() + " (position " + position
                    + "): " + unreadable);
        }
        return event;
    }
}
