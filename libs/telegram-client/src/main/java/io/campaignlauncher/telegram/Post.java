package io.campaignlauncher.telegram;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be posted, and where.
 *
 * @param buttons each in a row of its own, below the text
 * @param silent  whether nobody is notified
 * @param marker  an address that the post must have as a link or a button, by which it is known again; an answer that shows a post without
 *     it counts for nothing. As Telegram writes it, see the check. Null: none is looked for
 */
public record Post(long chatId, Content content, List<UrlButton> buttons, boolean silent, @Nullable String marker) {

    /** Telegram writes addresses anew: with a scheme, a host in small letters and at least a slash behind it. */
    private static final Pattern WRITTEN_AS_TELEGRAM_DOES = Pattern.compile("https?://[^/?#\\sA-Z]+/\\S*");

    public Post {
        buttons = List.copyOf(buttons);
        if (marker != null && !WRITTEN_AS_TELEGRAM_DOES.matcher(marker).matches()) {
            throw new IllegalArgumentException(
                    "marker: an address with a scheme, a host in small letters and a path, not "
                            + marker);
        }
        if (marker != null && !links(content, buttons).contains(marker)) {
            throw new IllegalArgumentException("marker: the post has no link or button with the address " + marker);
        }
    }

    private static List<String> links(Content content, List<UrlButton> buttons) {
        return Stream.concat(content.entities().stream().map(entity -> String.valueOf(entity.url())),
                buttons.stream().map(UrlButton::url)).toList();
    }

    /** A text or a photo; a photo that was sent once goes by its id the next time, which makes a small request. */
    public sealed interface Content {

        /** Of the text or the caption. */
        List<TextEntity> entities();

        /** @param previewed whether the first link shows a preview */
        record Text(String text, List<TextEntity> entities, boolean previewed) implements Content {
            public Text {
                entities = List.copyOf(entities);
            }
        }

        /** A photo with its bytes, of 10 MB at most. */
        record Upload(byte[] photo, String caption, List<TextEntity> entities) implements Content {
            public Upload {
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
