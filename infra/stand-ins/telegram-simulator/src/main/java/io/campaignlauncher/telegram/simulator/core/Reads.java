package io.campaignlauncher.telegram.simulator.core;

import java.time.Instant;
import java.util.Comparator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What changes nothing, and pinning, which shows in a read. */
final class Reads {

    private static final int PERSONAL_MESSAGES_MAX = 20;

    private final TelegramState state;
    private final Access access;
    private final Posts posts;
    private final MessageJson json;

    Reads(TelegramState state, Access access, Posts posts, MessageJson json) {
        this.state = state;
        this.access = access;
        this.posts = posts;
        this.json = json;
    }

    static JsonNode me(Call call) {
        return MessageJson.bot(call.bot()).put("can_join_groups", true).put("can_read_all_group_messages", false)
                .put("supports_inline_queries", false).put("can_connect_to_business", false)
                .put("has_main_web_app", false);
    }

    JsonNode chat(Call call) {
        var chat = access.readable(call, "chat_id");
        var node = json.chat(chat.id).put("accent_color_id", 0).put("max_reaction_count", 11);
        if (chat.username != null) {
            node.putArray("active_usernames").add(chat.username);
        }
        if (chat.isProtected) {
            node.put("has_protected_content", true);
        }
        if (chat.autoDeleteSeconds > 0) {
            node.put("message_auto_delete_time", chat.autoDeleteSeconds);
        }
        if (chat.pinned != null) {
            chat.existing(chat.pinned).ifPresent(message -> node.set("pinned_message", json.message(message)));
        }
        return node;
    }

    JsonNode member(Call call) {
        var chat = access.readable(call, "chat_id");
        long userId = call.parameters().number("user_id");
        var bot = state.bots.get(userId);
        var name = state.people.get(userId);
        if (bot == null && name == null) {
            throw Refusal.bad("user not found");
        }
        if (userId != call.bot().id && !chat.membership(call.bot().id).status().equals(
                Membership.Status.ADMINISTRATOR)) {
            throw Refusal.bad("member list is inaccessible");
        }
        var user = bot != null ? MessageJson.bot(bot) : person(userId, String.valueOf(name));
        return member(chat.membership(userId), user);
    }

    static ObjectNode person(long id, String name) {
        return Json.object().put("id", id).put("is_bot", false).put("first_name", name);
    }

    static ObjectNode member(Membership membership, JsonNode user) {
        var node = Json.object();
        node.set("user", user);
        node.put("status", membership.status().wireName());
        switch (membership.status()) {
            case ADMINISTRATOR -> {
                var rights = membership.rights();
                node.put("can_be_edited", false).put("is_anonymous", false).put("can_manage_chat", true)
                        .put("can_change_info", false).put("can_post_messages", rights.post())
                        .put("can_edit_messages", rights.edit()).put("can_delete_messages", rights.delete())
                        .put("can_invite_users", false).put("can_restrict_members", false)
                        .put("can_promote_members", false).put("can_manage_video_chats", false)
                        .put("can_post_stories", false).put("can_edit_stories", false)
                        .put("can_delete_stories", false);
            }
            case CREATOR -> node.put("is_anonymous", false);
            case KICKED -> node.put("until_date", 0);
            case MEMBER, LEFT -> {
                // nothing more to say
            }
        }
        return node;
    }

    /** The newest messages of the channel that a user's profile shows, the newest first. */
    JsonNode personalChatMessages(Call call) {
        long userId = call.parameters().number("user_id");
        int limit = call.parameters().whole("limit", 0);
        if (limit < 1 || limit > PERSONAL_MESSAGES_MAX) {
            throw Refusal.bad("limit must be between 1 and " + PERSONAL_MESSAGES_MAX);
        }
        if (!state.people.containsKey(userId)) {
            throw Refusal.bad("user not found");
        }
        var messages = Json.array();
        var chatId = state.personalChats.get(userId);
        var chat = chatId == null ? null : state.chats.get(chatId);
        if (chat != null) {
            chat.messages.values().stream().sorted(Comparator.comparing(Message::id).reversed())
                    .filter(message -> access.finds(call, chat, message.id())).limit(limit)
                    .forEach(message -> messages.add(json.message(message)));
        }
        return messages;
    }

    /** The highest scores of a game; there are no games here. */
    JsonNode gameHighScores(Call call) {
        if (call.parameters().number("user_id") == 0) {
            throw Refusal.bad("user_id is not specified");
        }
        var chat = access.readable(call, "chat_id");
        access.message(call, chat, "message to get game high scores");
        throw Refusal.bad("BOT_GAME_INVALID");
    }

    /** Leaves a service message. */
    JsonNode pin(Call call) {
        var chat = access.joined(call);
        var message = access.message(call, chat, "message to pin");
        if (!chat.membership(call.bot().id).rights().edit()) {
            throw Refusal.bad("not enough rights to manage pinned messages in the chat");
        }
        pinned(chat, message, call.author(), call.now());
        return Json.yes();
    }

    void pinned(Chat chat, Message message, Author author, Instant now) {
        chat.pinned = message.id();
        posts.byPerson(chat, author, new Content.Service("pinned_message", json.message(message)), now);
    }
}
