package io.campaignlauncher.telegram.simulator.text;

import org.jspecify.annotations.Nullable;

/**
 * A part of a text with a meaning.
 *
 * @param offset   in UTF-16 units
 * @param length   in UTF-16 units, at least 1
 * @param argument the address of a TEXT_LINK, the language of a PRE, the user's id of a TEXT_MENTION; null: none
 */
public record Entity(EntityType type, int offset, int length, @Nullable String argument) {

    int end() {
        return offset + length;
    }
}
