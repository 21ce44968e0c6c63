package io.campaignlauncher.telegram.simulator.core;

import io.campaignlauncher.telegram.simulator.text.EntityType;
import io.campaignlauncher.telegram.simulator.text.FormattedText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of a channel as it is, deleted ones too.
 *
 * @param text          of a text, or the caption of a photo; empty for what Telegram made itself
 * @param links         the addresses in it: of linked words and of buttons
 * @param photoUniqueId null: no photo
 * @param forwardedFrom the id that it was forwarded from; null: it was not
 * @param service       whether Telegram made it itself
 */
public record Post(int id, Instant date, @Nullable Instant editedAt, long authorId, boolean byBot, String text,
        List<String> links, @Nullable String photoUniqueId, @Nullable Integer forwardedFrom, boolean service,
        boolean deleted) {

    static Post of(Message message) {
        var links = new ArrayList<String>();
        var text = FormattedText.EMPTY;
        String photo = null;
        switch (message.content()) {
            case Content.Text(var own, _) -> text = own;
            case Content.Photo(var file, var caption, _, _) -> {
                text = caption;
                photo = file.uniqueId();
            }
            case Content.Service _ -> {
                // has no text
            }
        }
        text.entities().stream().filter(entity -> entity.type() == EntityType.TEXT_LINK)
                .forEach(entity -> links.add(String.valueOf(entity.argument())));
        var markup = message.markup();
        if (markup != null) {
            markup.path("inline_keyboard").forEach(row -> row.forEach(button -> {
                if (button.has("url")) {
                    links.add(button.path("url").asString(""));
                }
            }));
        }
        var origin = message.origin();
        return new Post(message.id(), message.date(), message.editedAt(), message.author().id(), message.author()
                .isBot(), text.text(), List.copyOf(links), photo, origin == null ? null : origin.messageId(),
                message.content() instanceof Content.Service, message.deleted());
    }
}
