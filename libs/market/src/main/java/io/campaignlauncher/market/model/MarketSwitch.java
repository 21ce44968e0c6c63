package io.campaignlauncher.market.model;

import java.util.Arrays;
import java.util.Optional;

/** The kill switches of the marketplace. Off, the action is refused and can be asked for again; nothing is lost. */
public enum MarketSwitch {
    /** Release of held money. Refunds are not switched. */
    PAYOUTS,
    /** Holding of money, and so approvals. */
    NEW_ESCROWS,
    /** Starting to post to Telegram. A post under way is finished. */
    TELEGRAM_POSTING;

    /** As in tables, messages and HTTP. */
    public String word() {
        return Words.of(this);
    }

    public static Optional<MarketSwitch> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
