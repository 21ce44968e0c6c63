package io.campaignlauncher.posting.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an advertiser wants to be read in a channel. Marked up by entities and by no parse mode: one unescaped dot of MarkdownV2 makes a
 * post impossible.
 *
 * @param text      of the post, or the caption of its photo; not blank
 * @param entities  what is bold in it, and what is a link
 * @param photo     its address; null: a post of text alone
 * @param linkLabel what a reader clicks on
 */
public record PostContent(String text, List<TextEntity> entities, @Nullable String photo,
        String linkLabel) {

    /** In UTF-16 units, after parsing; {@code sendMessage} and {@code sendPhoto} of the Bot API. */
    static final int TEXT_MAX = 4096;
    static final int CAPTION_MAX = 1024;
    /** Of one message. */
    static final int ENTITIES_MAX = 100;
    public static final int LABEL_MAX = 64;
    /** Between the text and the link below it. */
    static final String GAP = "\n\n";

    public PostContent {
        entities = List.copyOf(entities);
        if (text.isBlank()) {
            throw new IllegalArgumentException("text must not be blank");
        }
        if (linkLabel.isBlank() || linkLabel.length() > LABEL_MAX) {
            throw new IllegalArgumentException("linkLabel must have 1 to " + LABEL_MAX + " characters");
        }
        var max = (photo == null ? TEXT_MAX : CAPTION_MAX) - GAP.length() - linkLabel.length();
        if (text.length() > max) {
            throw new IllegalArgumentException("text must have " + max + " UTF-16 units or fewer beside its link, not "
                    + text.length());
        }
        if (entities.size() >= ENTITIES_MAX) {
            throw new IllegalArgumentException("entities must be fewer than " + ENTITIES_MAX);
        }
        entities.stream().filter(entity -> entity.end() > text.length()).findFirst().ifPresent(entity -> {
            throw new IllegalArgumentException("entities: one ends at " + entity.end() + ", behind the text");
        });
    }
}
