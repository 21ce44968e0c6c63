package io.campaignlauncher.market.messages;

import static io.campaignlauncher.market.messages.Values.cause;
import static io.campaignlauncher.market.messages.Values.money;
import static io.campaignlauncher.market.messages.Values.uuid;

import io.campaignlauncher.market.model.ChannelEvent;
import io.campaignlauncher.schemas.ChannelOffered;
import io.campaignlauncher.schemas.ChannelPriced;
import io.campaignlauncher.schemas.ChannelRefreshed;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Events of channels. */
final class ChannelMessages {

    private ChannelMessages() {}

    static SpecificRecord message(ChannelEvent event) {
        var channelId = event.channelId().toString();
        var by = cause(event.by());
        return switch (event) {
            case ChannelEvent.ChannelOffered e -> new ChannelOffered(channelId, by, e.chatId(), e.chat(), e.title(),
                    e.price().toString());
            case ChannelEvent.ChannelPriced e -> new ChannelPriced(channelId, by, e.price().toString());
            case ChannelEvent.ChannelRefreshed e -> new ChannelRefreshed(channelId, by, e.title(), e.lacking());
        };
    }

    /** Null where it is none of a channel. */
    static @Nullable ChannelEvent event(SpecificRecord message) {
        return switch (message) {
            case ChannelOffered m -> new ChannelEvent.ChannelOffered(uuid(m.getChannelId()), cause(m.getBy()),
                    m.getChatId(), m.getChat(), m.getTitle(), money(m.getPrice()));
            case ChannelPriced m -> new ChannelEvent.ChannelPriced(uuid(m.getChannelId()), cause(m.getBy()),
                    money(m.getPrice()));
            case ChannelRefreshed m -> new ChannelEvent.ChannelRefreshed(uuid(m.getChannelId()), cause(m.getBy()),
                    m.getTitle(), m.getLacking());
            default -> null;
        };
    }
}
