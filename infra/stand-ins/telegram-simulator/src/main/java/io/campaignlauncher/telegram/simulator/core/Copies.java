package io.campaignlauncher.telegram.simulator.core;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Forwarding and copying messages, one or many. */
final class Copies {

    private final Access access;
    private final Posts posts;
    private final Pace pace;
    private final MessageJson json;

    Copies(Access access, Posts posts, Pace pace, MessageJson json) {
        this.access = access;
        this.posts = posts;
        this.pace = pace;
        this.json = json;
    }

    JsonNode forward(Call call) {
        var to = access.writable(call);
        var from = access.readable(call, "from_chat_id");
        var message = access.message(call, from, "message to forward");
        requireForwardable(message, from);
        pace.send(call, to);
        return json.message(forwarded(call, to, message));
    }

    JsonNode copy(Call call) {
        var to = access.writable(call);
        var from = access.readable(call, "from_chat_id");
        var message = access.message(call, from, "message to copy");
        if (message.content() instanceof Content.Service) {
            throw Refusal.bad("the message can't be copied");
        }
        var content = recaptioned(call, message.content());
        var markup = ReplyMarkup.of(call.parameters());
        pace.send(call, to);
        return id(posts.by(call, to, content, markup, null, null));
    }

    /** @return an id for each message that there is, and no word about the others */
    JsonNode forwardMany(Call call) {
        return many(call, "there are no messages to forward", (to, from, message) -> isForwardable(message, from)
                ? forwarded(call, to, message) : null);
    }

    JsonNode copyMany(Call call) {
        return many(call, "there are no messages to copy", (to, _, message) -> message
                .content() instanceof Content.Service ? null
                        : posts.by(call, to, message.content(), null, null, null));
    }

    private interface Making {
        @Nullable
        Message make(Chat to, Chat from, Message message);
    }

    private JsonNode many(Call call, String nothing, Making making) {
        var to = access.writable(call);
        var from = access.readable(call, "from_chat_id");
        var ids = call.parameters().ids("message_ids");
        for (int i = 1; i < ids.size(); i++) {
            if (ids.get(i) <= ids.get(i - 1)) {
                throw Refusal.bad("message identifiers must be in a strictly increasing order");
            }
        }
        var made = Json.array();
        for (int id : ids) {
            if (access.finds(call, from, id)) {
                var message = making.make(to, from, access.message(call, from, id, "message"));
                if (message != null) {
                    made.add(id(message));
                }
            }
        }
        if (made.isEmpty()) {
            throw Refusal.bad(nothing);
        }
        return made;
    }

    private Message forwarded(Call call, Chat to, Message message) {
        var first = message.origin();
        var origin = first != null ? first
                : new Message.Origin(message.chatId(), message.id(), message.date());
        return posts.by(call, to, message.content(), ReplyMarkup.forwarded(message.markup()), origin, null);
    }

    private static void requireForwardable(Message message, Chat from) {
        if (message.content() instanceof Content.Service) {
            throw Refusal.bad("the message can't be forwarded");
        }
        if (!isForwardable(message, from)) {
            throw Refusal.bad("message has protected content and can't be forwarded");
        }
    }

    private static boolean isForwardable(Message message, Chat from) {
        return !from.isProtected && !message.isProtected() && !(message.content() instanceof Content.Service);
    }

    private static Content recaptioned(Call call, Content content) {
        return content instanceof Content.Photo photo && call.parameters().values().containsKey("caption")
                ? new Content.Photo(photo.file(), Texts.caption(call.parameters()), photo.captionAbove(),
                        photo.spoiler())
                : content;
    }

    private static JsonNode id(Message message) {
        return Json.object().put("message_id", message.id());
    }
}
