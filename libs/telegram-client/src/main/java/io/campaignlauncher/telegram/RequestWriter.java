package io.campaignlauncher.telegram;

import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of calls as JSON. */
final class RequestWriter {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RequestWriter() {}

    static RequestBody of(Post post) {
        var parameters = parameters(post);
        return switch (post.content()) {
            case Post.Content.Text _,Post.Content.Photo _ -> RequestBody.json(parameters);
            case Post.Content.Upload(var photo, _, _) -> RequestBody.withFile(parameters, "photo", photo);
        };
    }

    private static ObjectNode parameters(Post post) {
        var node = NODES.objectNode().put("chat_id", post.chatId());
        switch (post.content()) {
            case Post.Content.Text(var text, var entities, var previewed) -> {
                node.put("text", text);
                put(node, "entities", entities);
                if (!previewed) {
                    node.putObject("link_preview_options").put("is_disabled", true);
                }
            }
            case Post.Content.Photo(var photo, var caption, var entities) -> {
                node.put("photo", photo).put("caption", caption);
                put(node, "caption_entities", entities);
            }
            case Post.Content.Upload(_, var caption, var entities) -> {
                node.put("caption", caption);
                put(node, "caption_entities", entities);
            }
        }
        if (post.silent()) {
            node.put("disable_notification", true);
        }
        if (!post.buttons().isEmpty()) {
            var rows = node.putObject("reply_markup").putArray("inline_keyboard");
            post.buttons().forEach(button -> rows.addArray().addObject().put("text", button.label()).put("url",
                    button.url()));
        }
        return node;
    }

    private static void put(ObjectNode node, String field, List<TextEntity> entities) {
        if (entities.isEmpty()) {
            return;
        }
        var list = node.putArray(field);
        for (var entity : entities) {
            var each = list.addObject().put("type", entity.type()).put("offset", entity.offset()).put("length",
                    entity.length());
            if (entity.url() != null) {
                each.put("url", entity.url());
            }
            if (entity.language() != null) {
                each.put("language", entity.language());
            }
        }
    }

    static ObjectNode nothing() {
        return NODES.objectNode();
    }

    static ObjectNode message(long chatId, int messageId) {
        return NODES.objectNode().put("chat_id", chatId).put("message_id", messageId);
    }
}
