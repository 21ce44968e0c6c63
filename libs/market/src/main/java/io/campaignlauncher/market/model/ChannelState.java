package io.campaignlauncher.market.model;

import java.util.List;
import java.util.UUID;

/**
 * A publisher's channel.
 *
 * @param chatId  Telegram's number of it
 * @param chat    as its publisher names it: {@code @name}, or the number
 * @param price   of one post
 * @param lacking what the bot may not do there although it needs to; empty where it may post
 */
public record ChannelState(UUID id, String tenant, String publisherId, long chatId, String chat, String title,
        Money price, List<String> lacking) {

    public ChannelState {
        lacking = List.copyOf(lacking);
    }

    public boolean ready() {
        return lacking.isEmpty();
    }

    /** As in tables and HTTP. */
    public String statusWord() {
        return ready() ? "ready" : "on_hold";
    }
}
