package io.campaignlauncher.market.model;

import java.util.Locale;

/** How constants are written outside, and what of other people's texts can be. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A text that somebody else made, without the character that PostgreSQL cannot hold. */
    static String storable(String text) {
        return text.replace("\0", "");
    }
}
