package io.campaignlauncher.telegram.simulator.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Puts messages into channels and tells the bots that are to know of them. */
final class Posts {

    private final TelegramState state;
    private final MessageJson json;
    private final TelegramRules rules;

    Posts(TelegramState state, MessageJson json, TelegramRules rules) {
        this.state = state;
        this.json = json;
        this.rules = rules;
    }

    Message by(Call call, Chat chat, Content content, @Nullable JsonNode markup, Message.@Nullable Origin origin,
            @Nullable Integer replyTo) {
        var message = chat.add(call.author(), content, markup, origin,
                chat.isProtected || call.parameters().isTrue("protect_content"), call.now(), call.visibleFrom(),
                replyTo);
        tell(chat, "channel_post", message, call.now());
        return message;
    }

    Message byPerson(Chat chat, Author author, Content content, Instant now) {
        var message = chat.add(author, content, null, null, chat.isProtected, now, now, null);
        tell(chat, "channel_post", message, now);
        return message;
    }

    /** A bot gets no update about what it did itself. */
    void tell(Chat chat, String kind, Message message, Instant now) {
        var author = message.author();
        for (var bot : state.bots.values()) {
            var own = author.isBot() && author.id() == bot.id;
            if (!own && chat.membership(bot.id).isInside() && (!author.isBot() || rules.showsPostsOfOtherBots())) {
                bot.updates.add(kind, json.message(message), now);
            }
        }
    }
}
