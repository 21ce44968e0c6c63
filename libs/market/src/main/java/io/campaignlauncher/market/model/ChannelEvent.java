package io.campaignlauncher.market.model;

import java.util.List;
import java.util.UUID;

/** What has happened to a channel. */
public sealed interface ChannelEvent extends MarketEvent {

    UUID channelId();

    @Override
    default Stream stream() {
        return new Stream(Stream.Kind.CHANNEL, channelId());
    }

    /** The first event of a channel. Whoever caused it owns it, and is paid. */
    record ChannelOffered(UUID channelId, Cause by, long chatId, String chat, String title,
            Money price) implements ChannelEvent {}

    /** Its owner asks for another price, which counts for targets that are drafted from now on. */
    record ChannelPriced(UUID channelId, Cause by, Money price) implements ChannelEvent {}

    /** It was looked at anew. @param lacking what the bot may not do there although it needs to; empty where it may post */
    record ChannelRefreshed(UUID channelId, Cause by, String title, List<String> lacking) implements ChannelEvent {

        public ChannelRefreshed {
            lacking = List.copyOf(lacking);
        }
    }
}
