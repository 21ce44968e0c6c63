package io.campaignlauncher.telegram.simulator.core;

import io.campaignlauncher.telegram.simulator.text.Links;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Inline keyboards. Others have no meaning in a channel and are passed over. */
final class ReplyMarkup {

    private static final int BYTES_MAX = 10_000;
    private static final int CALLBACK_DATA_BYTES_MAX = 64;

    private ReplyMarkup() {}

    /** Null where a call has none. */
    static @Nullable JsonNode of(Parameters parameters) {
        var given = parameters.json("reply_markup");
        if (given == null) {
            return null;
        }
        if (parameters.text("reply_markup").getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            throw Refusal.bad("reply markup is too long");
        }
        var keyboard = Json.object();
        var rows = keyboard.putArray("inline_keyboard");
        for (var row : given.path("inline_keyboard")) {
            var buttons = Json.array();
            row.forEach(button -> buttons.add(button(button)));
            if (!buttons.isEmpty()) {
                rows.add(buttons);
            }
        }
        return rows.isEmpty() ? null : keyboard;
    }

    private static JsonNode button(JsonNode given) {
        var button = Json.object().put("text", given.path("text").asString(""));
        if (given.path("text").asString("").isEmpty()) {
            throw Refusal.bad("can't parse inline keyboard button: Field \"text\" must be of type String");
        }
        if (given.hasNonNull("url")) {
            return button.put("url", Links.normalized(given.path("url").asString(""))
                    .orElseThrow(() -> Refusal.bad("BUTTON_URL_INVALID")));
        }
        if (given.hasNonNull("callback_data")) {
            var data = given.path("callback_data").asString("");
            int bytes = data.getBytes(StandardCharsets.UTF_8).length;
            if (bytes < 1 || bytes > CALLBACK_DATA_BYTES_MAX) {
                throw Refusal.bad("BUTTON_DATA_INVALID");
            }
            return button.put("callback_data", data);
        }
        throw Refusal.bad(
                "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
    }

    /** What is left of a keyboard when its message is forwarded: all of it where every button is an address, nothing otherwise. */
    static @Nullable JsonNode forwarded(@Nullable JsonNode markup) {
        if (markup == null) {
            return null;
        }
        for (var row : markup.path("inline_keyboard")) {
            for (var button : row) {
                if (!button.has("url")) {
                    return null;
                }
            }
        }
        return markup;
    }
}
