package io.campaignlauncher.telegram.simulator.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The four ways of editing a message. */
final class Edits {

    private static final String UNCHANGED = "message is not modified: specified new message content and reply markup are "
            + "exactly the same as a current content and reply markup of the message";

    private final TelegramState state;
    private final Access access;
    private final Posts posts;
    private final MessageJson json;

    Edits(TelegramState state, Access access, Posts posts, MessageJson json) {
        this.state = state;
        this.access = access;
        this.posts = posts;
        this.json = json;
    }

    JsonNode text(Call call) {
        var text = Texts.text(call.parameters());
        var markup = ReplyMarkup.of(call.parameters());
        var message = access.editable(call);
        if (!(message.content() instanceof Content.Text)) {
            throw Refusal.bad("there is no text in the message to edit");
        }
        Texts.within(text, Texts.TEXT_MAX, "MESSAGE_TOO_LONG");
        var preview = call.parameters().json("link_preview_options");
        return edited(call, message, new Content.Text(text, preview == null ? MissingNode.getInstance() : preview),
                markup);
    }

    JsonNode caption(Call call) {
        var caption = Texts.caption(call.parameters());
        var markup = ReplyMarkup.of(call.parameters());
        var message = access.editable(call);
        if (!(message.content() instanceof Content.Photo photo)) {
            throw Refusal.bad("there is no caption in the message to edit");
        }
        return edited(call, message, new Content.Photo(photo.file(), caption,
                call.parameters().isTrue("show_caption_above_media"), photo.spoiler()), markup);
    }

    JsonNode markup(Call call) {
        var markup = ReplyMarkup.of(call.parameters());
        var message = access.editable(call);
        return edited(call, message, message.content(), markup);
    }

    /** There are no live locations here, so it never gets further than to say so. */
    JsonNode liveLocation(Call call) {
        for (var needed : new String[]{ "latitude", "longitude" }) {
            if (!call.parameters().has(needed)) {
                throw Refusal.bad("can't parse location: " + needed + " is not specified");
            }
        }
        access.editable(call);
        throw Refusal.bad("there is no live location in the message to edit");
    }

    private JsonNode edited(Call call, Message message, Content content, @Nullable JsonNode markup) {
        if (content.equals(message.content()) && Objects.equals(markup, message.markup())) {
            throw Refusal.bad(UNCHANGED);
        }
        var chat = Objects.requireNonNull(state.chats.get(message.chatId()));
        var changed = chat.change(message.id(), before -> before.edited(content, markup, call.now()));
        posts.tell(chat, "edited_channel_post", changed, call.now());
        return json.message(changed);
    }
}
