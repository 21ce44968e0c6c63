package io.campaignlauncher.telegram.simulator.core;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** {@code deleteMessage}, {@code deleteMessages}: within 48 hours. */
final class Deletions {

    private static final Duration POSSIBLE = Duration.ofHours(48);

    private final Access access;

    Deletions(Access access) {
        this.access = access;
    }

    JsonNode one(Call call) {
        var chat = access.joined(call);
        var message = access.message(call, chat, "message to delete");
        require(call, chat, message);
        chat.remove(message.id());
        return Json.yes();
    }

    /** Ids of messages that do not exist are passed over. */
    JsonNode many(Call call) {
        var chat = access.joined(call);
        var found = call.parameters().ids("message_ids").stream().distinct()
                .filter(id -> access.finds(call, chat, id))
                .map(id -> access.message(call, chat, id, "message to delete")).toList();
        found.forEach(message -> require(call, chat, message));
        found.forEach(message -> chat.remove(message.id()));
        return Json.yes();
    }

    private static void require(Call call, Chat chat, Message message) {
        var rights = chat.membership(call.bot().id).rights();
        if (!(message.isBy(call.bot()) ? rights.post() || rights.delete() : rights.delete())) {
            throw Refusal.bad("message can't be deleted");
        }
        if (!message.date().plus(POSSIBLE).isAfter(call.now())) {
            throw Refusal.bad("message can't be deleted for everyone");
        }
    }
}
