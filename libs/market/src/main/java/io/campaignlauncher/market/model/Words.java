package io.campaignlauncher.market.model;

import java.util.Locale;

/** How constants are written outside: in tables, messages and HTTP. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
