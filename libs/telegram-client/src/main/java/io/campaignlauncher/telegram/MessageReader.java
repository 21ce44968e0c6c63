package io.campaignlauncher.telegram;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what the API shows. Empty where something that every such object has is missing. */
final class MessageReader {

    private MessageReader() {}

    static Optional<Message> message(JsonNode node) {
        int id = whole(node.path("message_id"));
        long chatId = number(node.path("chat").path("id"));
        var date = node.path("date");
        if (id <= 0 || chatId == 0 || !date.canConvertToLong()) {
            return Optional.empty();
        }
        var isPhoto = node.path("photo").isArray() && !node.path("photo").isEmpty();
        var largest = isPhoto ? node.path("photo").get(node.path("photo").size() - 1) : node.path("photo");
        return Optional.of(new Message(id, chatId, Instant.ofEpochSecond(date.asLong()),
                node.path("edit_date").canConvertToLong() ? Instant.ofEpochSecond(node.path("edit_date").asLong())
                        : null,
                node.path(isPhoto ? "caption" : "text").asString(""),
                entities(node.path(isPhoto ? "caption_entities" : "entities")),
                text(largest.path("file_unique_id")), text(largest.path("file_id")), origin(node
                        .path("forward_origin")),
                buttonUrls(node.path("reply_markup"))));
    }

    private static List<TextEntity> entities(JsonNode list) {
        var entities = new ArrayList<TextEntity>();
        for (var each : list.values()) {
            entities.add(new TextEntity(each.path("type").asString(""), whole(each.path("offset")),
                    whole(each.path("length")), text(each.path("url")), text(each.path("language"))));
        }
        return entities;
    }

    private static Message.@Nullable Origin origin(JsonNode node) {
        long chatId = number(node.path("chat").path("id"));
        int messageId = whole(node.path("message_id"));
        return chatId == 0 || messageId <= 0 || !node.path("date").canConvertToLong() ? null
                : new Message.Origin(chatId, messageId, Instant.ofEpochSecond(node.path("date").asLong()));
    }

    private static List<String> buttonUrls(JsonNode markup) {
        var urls = new ArrayList<String>();
        for (var row : markup.path("inline_keyboard").values()) {
            for (var button : row.values()) {
                var url = text(button.path("url"));
                if (url != null) {
                    urls.add(url);
                }
            }
        }
        return urls;
    }

    static Optional<BotUser> bot(JsonNode node) {
        long id = number(node.path("id"));
        return id <= 0 ? Optional.empty() : Optional.of(new BotUser(id, node.path("username").asString("")));
    }

    static Optional<ChatInfo> chat(JsonNode node) {
        long id = number(node.path("id"));
        var type = node.path("type").asString("");
        return id == 0 || type.isEmpty() ? Optional.empty()
                : Optional.of(new ChatInfo(id, type, node.path("title").asString(""), text(node.path("username")),
                        node.path("has_protected_content").asBoolean(false),
                        number(node.path("message_auto_delete_time"))));
    }

    static Optional<ChatMember> member(JsonNode node) {
        long id = number(node.path("user").path("id"));
        var status = node.path("status").asString("");
        return id <= 0 || status.isEmpty() ? Optional.empty()
                : Optional.of(new ChatMember(id, status, node.path("can_post_messages").asBoolean(false),
                        node.path("can_edit_messages").asBoolean(false),
                        node.path("can_delete_messages").asBoolean(false)));
    }

    private static long number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? node.asLong() : 0;
    }

    private static int whole(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt() ? node.asInt() : 0;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }
}
