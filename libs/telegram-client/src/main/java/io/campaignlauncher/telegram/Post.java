package io.campaignlauncher.telegram;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be posted, and where.
 *
 * @param buttons each in a row of its own, below the text
 * @param silent  whether nobody is notified
 * @param marker  an address that the post must have as a link or a button, by which it is known again; an answer that shows a post without
 *     it counts for nothing. Null: none is looked for
 */
public record Post(long chatId, Content content, List<UrlButton> buttons, boolean silent, @Nullable String marker) {

    public Post {
        buttons = List.copyOf(buttons);
    }

    /** A text or a photo. */
    public sealed interface Content {

        /** @param previewed whether the first link shows a preview */
        record Text(String text, List<TextEntity> entities, boolean previewed) implements Content {
            public Text {
                entities = List.copyOf(entities);
            }
        }

        /** @param photo the id of a file that the bot has sent before, or an address */
        record Photo(String photo, String caption, List<TextEntity> entities) implements Content {
            public Photo {
                entities = List.copyOf(entities);
            }
        }
    }

    /** A button that opens an address. */
    public record UrlButton(String label, String url) {}
}
