package io.campaignlauncher.telegram.simulator.core;

import io.campaignlauncher.telegram.simulator.core.Membership.Status;

/** Whether a bot may do what it asks for, with the error texts of what it may not. */
final class Access {

    private final TelegramState state;

    Access(TelegramState state) {
        this.state = state;
    }

    Chat readable(Call call, String parameter) {
        return readable(call, chat(call.parameters().text(parameter), parameter));
    }

    /** The same for a chat that is named inside a parameter. */
    Chat named(Call call, String reference) {
        return readable(call, chat(reference, "chat_id"));
    }

    private static Chat readable(Call call, Chat chat) {
        var membership = chat.membership(call.bot().id);
        if (membership.status() == Status.KICKED) {
            throw Refusal.forbidden("bot was kicked from the channel chat");
        }
        if (!membership.isInside() && chat.username == null) {
            throw notMember();
        }
        return chat;
    }

    /** A chat in which the bot may post. */
    Chat writable(Call call) {
        var chat = readable(call, "chat_id");
        var membership = chat.membership(call.bot().id);
        if (!membership.isInside()) {
            throw notMember();
        }
        if (!membership.rights().post()) {
            throw Refusal.bad("need administrator rights in the channel chat");
        }
        return chat;
    }

    /** A chat of which the bot is a member. */
    Chat joined(Call call) {
        var chat = readable(call, "chat_id");
        if (!chat.membership(call.bot().id).isInside()) {
            throw notMember();
        }
        return chat;
    }

    private static Refusal notMember() {
        return Refusal.forbidden("bot is not a member of the channel chat");
    }

    private Chat chat(String reference, String parameter) {
        if (reference.isEmpty()) {
            throw Refusal.bad(parameter + " is empty");
        }
        var chat = state.chat(reference);
        if (chat == null) {
            throw Refusal.bad("chat not found");
        }
        return chat;
    }

    /**
     * The read that every method about one message begins with. Whatever it comes to, the same text is told.
     *
     * @param what is to be done with the message: {@code message to edit}, say
     */
    Message message(Call call, Chat chat, int id, String what) {
        return chat.existing(id).filter(message -> isFound(call, message))
                .orElseThrow(() -> Refusal.bad(what + " not found"));
    }

    /** Whether that read finds a message. */
    boolean finds(Call call, Chat chat, int id) {
        return chat.existing(id).filter(message -> isFound(call, message)).isPresent();
    }

    private static boolean isFound(Call call, Message message) {
        return !call.readsFail() && !message.visibleFrom().isAfter(call.now());
    }

    Message message(Call call, Chat chat, String what) {
        if (!call.parameters().has("message_id")) {
            throw Refusal.bad("message identifier is not specified");
        }
        return message(call, chat, call.parameters().whole("message_id", 0), what);
    }

    /** A message that the bot may edit: its own, or any with the right to; forwarded ones never. */
    Message editable(Call call) {
        var chat = joined(call);
        var message = message(call, chat, "message to edit");
        var rights = chat.membership(call.bot().id).rights();
        var mayEdit = message.isBy(call.bot()) ? rights.post() || rights.edit() : rights.edit();
        if (!mayEdit || message.origin() != null || message.content() instanceof Content.Service) {
            throw Refusal.bad("message can't be edited");
        }
        return message;
    }
}
