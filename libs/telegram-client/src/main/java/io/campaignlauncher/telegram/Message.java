package io.campaignlauncher.telegram;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message as Telegram shows it, as far as it is compared.
 *
 * @param id            above 0, of this chat alone
 * @param editedAt      null: never
 * @param text          of a text, or the caption of a photo; empty: none
 * @param entities      of the text or of the caption
 * @param photoUniqueId of the largest size, the same whoever reads it; null: no photo
 * @param photoFileId   of the largest size, by which this bot may send it again; null: no photo
 * @param origin        where a forwarded message comes from; null: it is none, or not from a channel
 * @param buttonUrls    the addresses of its buttons, row by row
 */
public record Message(int id, long chatId, Instant date, @Nullable Instant editedAt, String text,
        List<TextEntity> entities, @Nullable String photoUniqueId, @Nullable String photoFileId,
        @Nullable Origin origin, List<String> buttonUrls) {

    public Message {
        entities = List.copyOf(entities);
        buttonUrls = List.copyOf(buttonUrls);
    }

    /** The message of a channel that was forwarded. */
    public record Origin(long chatId, int messageId, Instant date) {}

    /** The addresses behind words and buttons. */
    public List<String> links() {
        return Stream.concat(entities.stream().map(TextEntity::url).filter(url -> url != null).map(String::valueOf),
                buttonUrls.stream()).toList();
    }
}
