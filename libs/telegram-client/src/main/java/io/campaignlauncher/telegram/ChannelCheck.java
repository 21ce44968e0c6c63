package io.campaignlauncher.telegram;

import org.jspecify.annotations.Nullable;

/** What a look at a channel, and at what the bot may do there, shows. */
public sealed interface ChannelCheck {

    /**
     * The bot may post, and posts stay and can be told from others.
     *
     * @param chatId   Telegram's number of the channel, negative
     * @param title    as readers see it
     * @param username of a public channel, without {@code @}; null: private
     */
    record Ready(long chatId, String title, @Nullable String username) implements ChannelCheck {}

    /** Posting there would not be safe, or not possible. @param reason for people; what is to be changed */
    record Lacking(String reason) implements ChannelCheck {}

    /** Nobody knows; asking again may help. */
    record Unanswered(String reason) implements ChannelCheck {}
}
