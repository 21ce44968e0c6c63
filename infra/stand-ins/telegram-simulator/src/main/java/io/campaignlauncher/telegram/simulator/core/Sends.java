package io.campaignlauncher.telegram.simulator.core;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** {@code sendMessage}, {@code sendPhoto}. */
final class Sends {

    private final Access access;
    private final Posts posts;
    private final Photos photos;
    private final Pace pace;
    private final MessageJson json;

    Sends(Access access, Posts posts, Photos photos, Pace pace, MessageJson json) {
        this.access = access;
        this.posts = posts;
        this.photos = photos;
        this.pace = pace;
        this.json = json;
    }

    JsonNode message(Call call) {
        var text = Texts.text(call.parameters());
        var markup = ReplyMarkup.of(call.parameters());
        var chat = access.writable(call);
        Texts.within(text, Texts.TEXT_MAX, "message is too long");
        var preview = call.parameters().json("link_preview_options");
        return sent(call, chat, new Content.Text(text, preview == null ? MissingNode.getInstance() : preview), markup);
    }

    JsonNode photo(Call call) {
        var parameters = call.parameters();
        var caption = Texts.caption(parameters);
        var markup = ReplyMarkup.of(parameters);
        var chat = access.writable(call);
        var file = photos.of(call);
        return sent(call, chat, new Content.Photo(file, caption, parameters.isTrue("show_caption_above_media"),
                parameters.isTrue("has_spoiler")), markup);
    }

    private JsonNode sent(Call call, Chat chat, Content content, @Nullable JsonNode markup) {
        var replyTo = repliedTo(call, chat);
        pace.send(call, chat);
        return json.message(posts.by(call, chat, content, markup, null, replyTo));
    }

    /** The message that is answered, in this chat or another one, and the words quoted from it. */
    private @Nullable Integer repliedTo(Call call, Chat chat) {
        var given = call.parameters().json("reply_parameters");
        if (given == null) {
            return null;
        }
        var elsewhere = given.path("chat_id").asString("");
        var there = elsewhere.isEmpty() ? chat : access.named(call, elsewhere);
        try {
            var message = access.message(call, there, given.path("message_id").asInt(0), "message to be replied");
            if (given.hasNonNull("quote") && !textOf(message).contains(given.path("quote").asString(""))) {
                throw Refusal.bad("QUOTE_TEXT_INVALID");
            }
            return there == chat ? message.id() : null;
        } catch (Refusal refusal) {
            if (given.path("allow_sending_without_reply").asBoolean(false)) {
                return null;
            }
            throw refusal;
        }
    }

    private static String textOf(Message message) {
        return switch (message.content()) {
            case Content.Text(var text, _) -> text.text();
            case Content.Photo(_, var caption, _, _) -> caption.text();
            case Content.Service _ -> "";
        };
    }
}
