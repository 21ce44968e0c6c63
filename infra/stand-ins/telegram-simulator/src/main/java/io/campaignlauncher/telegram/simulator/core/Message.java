package io.campaignlauncher.telegram.simulator.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One message of a chat, as it is now.
 *
 * @param markup       its inline keyboard; null: none
 * @param origin       of a forwarded message; null: it is none
 * @param isProtected  whether it may not be forwarded
 * @param visibleFrom  before that no read finds it
 * @param replyTo      what it answers; null: nothing
 */
record Message(int id, long chatId, Instant date, @Nullable Instant editedAt, Author author, Content content,
        @Nullable JsonNode markup, @Nullable Origin origin, boolean isProtected, Instant visibleFrom,
        @Nullable Integer replyTo, boolean deleted) {

    /** Where a forwarded message comes from. */
    record Origin(long chatId, int messageId, Instant date) {}

    boolean isBy(Bot bot) {
        return author.isBot() && author.id() == bot.id;
    }

    Message edited(Content newContent, @Nullable JsonNode newMarkup, Instant now) {
        return new Message(id, chatId, date, now, author, newContent, newMarkup, origin, isProtected, visibleFrom,
                replyTo, deleted);
    }

    Message removed() {
        return new Message(id, chatId, date, editedAt, author, content, markup, origin, isProtected, visibleFrom,
                replyTo, true);
    }
}
