package io.campaignlauncher.posting.model;

import org.jspecify.annotations.Nullable;

/**
 * A part of a text with a meaning, as {@code MessageEntity} of the Bot API.
 *
 * @param type   {@code bold}, {@code text_link}, ...
 * @param offset in UTF-16 units
 * @param length in UTF-16 units
 * @param url    of a {@code text_link}; null otherwise
 */
public record TextEntity(String type, int offset, int length, @Nullable String url) {

    public static final String TEXT_LINK = "text_link";

    public TextEntity {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException("an entity lies at 0 or later and is 1 long or longer: " + offset + ", "
                    + length);
        }
    }

    int end() {
        return offset + length;
    }
}
