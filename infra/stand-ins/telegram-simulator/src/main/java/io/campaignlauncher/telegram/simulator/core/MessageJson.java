package io.campaignlauncher.telegram.simulator.core;

import io.campaignlauncher.telegram.simulator.text.Entity;
import io.campaignlauncher.telegram.simulator.text.EntityType;
import io.campaignlauncher.telegram.simulator.text.FormattedText;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages, chats, bots and members as the API shows them. */
final class MessageJson {

    private final TelegramState state;

    MessageJson(TelegramState state) {
        this.state = state;
    }

    ObjectNode message(Message message) {
        var chat = chat(message.chatId());
        var node = Json.object().put("message_id", message.id());
        node.set("sender_chat", chat(message.chatId()));
        node.set("chat", chat);
        node.put("date", message.date().getEpochSecond());
        if (message.editedAt() != null) {
            node.put("edit_date", message.editedAt().getEpochSecond());
        }
        var origin = message.origin();
        if (origin != null) {
            node.putObject("forward_origin").put("type", "channel").put("message_id", origin.messageId())
                    .put("date", origin.date().getEpochSecond()).set("chat", chat(origin.chatId()));
            node.set("forward_from_chat", chat(origin.chatId()));
            node.put("forward_from_message_id", origin.messageId());
            node.put("forward_date", origin.date().getEpochSecond());
        }
        if (message.isProtected()) {
            node.put("has_protected_content", true);
        }
        content(node, message.content());
        if (message.markup() != null) {
            node.set("reply_markup", message.markup());
        }
        return node;
    }

    private static void content(ObjectNode node, Content content) {
        switch (content) {
            case Content.Text(var text, var previewOptions) -> {
                node.put("text", text.text());
                entities(node, "entities", text);
                if (previewOptions.isObject()) {
                    node.set("link_preview_options", previewOptions);
                }
            }
            case Content.Photo(var file, var caption, var above, var spoiler) -> {
                node.set("photo", sizes(file));
                if (!caption.text().isEmpty()) {
                    node.put("caption", caption.text());
                    entities(node, "caption_entities", caption);
                }
                if (above) {
                    node.put("show_caption_above_media", true);
                }
                if (spoiler) {
                    node.put("has_media_spoiler", true);
                }
            }
            case Content.Service(var field, var value) -> node.set(field, value);
        }
    }

    /** The smaller one first. */
    private static JsonNode sizes(PhotoFile file) {
        var sizes = Json.array();
        int longer = Math.max(file.width(), file.height());
        if (longer > PhotoFile.THUMBNAIL) {
            sizes.addObject().put("file_id", file.id() + "-s").put("file_unique_id", file.uniqueId() + "s")
                    .put("width", Math.max(1, file.width() * PhotoFile.THUMBNAIL / longer))
                    .put("height", Math.max(1, file.height() * PhotoFile.THUMBNAIL / longer))
                    .put("file_size", Math.max(1, file.bytes() / 10));
        }
        sizes.addObject().put("file_id", file.id()).put("file_unique_id", file.uniqueId()).put("width", file.width())
                .put("height", file.height()).put("file_size", file.bytes());
        return sizes;
    }

    private static void entities(ObjectNode node, String field, FormattedText text) {
        if (!text.entities().isEmpty()) {
            node.set(field, entities(text.entities()));
        }
    }

    static JsonNode entities(List<Entity> entities) {
        var list = Json.array();
        for (var entity : entities) {
            var each = list.addObject().put("offset", entity.offset()).put("length", entity.length())
                    .put("type", entity.type().wireName());
            var argument = entity.argument();
            if (argument != null && entity.type() == EntityType.TEXT_LINK) {
                each.put("url", argument);
            } else if (argument != null && entity.type() == EntityType.PRE) {
                each.put("language", argument);
            } else if (argument != null && entity.type() == EntityType.TEXT_MENTION) {
                each.putObject("user").put("id", Long.parseLong(argument)).put("is_bot", false).put("first_name",
                        "Somebody");
            }
        }
        return list;
    }

    ObjectNode chat(long id) {
        var node = Json.object().put("id", id);
        var chat = state.chats.get(id);
        if (chat != null) {
            node.put("title", chat.title);
            if (chat.username != null) {
                node.put("username", chat.username);
            }
        }
        return node.put("type", "channel");
    }

    static ObjectNode bot(Bot bot) {
        return Json.object().put("id", bot.id).put("is_bot", true).put("first_name", bot.username).put("username",
                bot.username);
    }
}
