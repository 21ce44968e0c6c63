package io.campaignlauncher.telegram;

import org.jspecify.annotations.Nullable;

/**
 * A part of a text with a meaning.
 *
 * @param type     as the API names it: {@code bold}, {@code text_link}, {@code url}, ...
 * @param offset   in UTF-16 units, as {@link String} counts them
 * @param length   in UTF-16 units
 * @param url      of a {@code text_link}; null: none
 * @param language of a {@code pre}; null: none
 */
public record TextEntity(String type, int offset, int length, @Nullable String url, @Nullable String language) {

    public static TextEntity link(int offset, int length, String url) {
        return new TextEntity("text_link", offset, length, url, null);
    }

    public static TextEntity of(String type, int offset, int length) {
        return new TextEntity(type, offset, length, null, null);
    }
}
