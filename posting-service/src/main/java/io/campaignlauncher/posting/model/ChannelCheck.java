package io.campaignlauncher.posting.model;

import org.jspecify.annotations.Nullable;

/** What a look at a channel, and at what the bot may do there, shows. */
public sealed interface ChannelCheck {

    /** The bot may post, and posts can be read back. @param username of a public channel, without {@code @}; null: private */
    record Ready(@Nullable String username) implements ChannelCheck {}

    /** Posting there would not be safe, or not possible. */
    record Lacking(String reason) implements ChannelCheck {}

    /** Nobody knows. */
    record Unanswered(String reason) implements ChannelCheck {}
}
