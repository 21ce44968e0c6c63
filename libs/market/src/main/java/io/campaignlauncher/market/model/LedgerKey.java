package io.campaignlauncher.market.model;

import java.util.UUID;

/** Keys of ledger transactions: each names one fact, and not a command, so that the fact is there once. */
public final class LedgerKey {

    private LedgerKey() {}

    public static String deposit(String externalId) {
        return "deposit:" + externalId;
    }

    public static String hold(UUID targetId) {
        return "escrow:" + targetId + ":hold";
    }

    /** One for release and refund: whichever comes first takes it. */
    public static String end(UUID targetId) {
        return "escrow:" + targetId + ":end";
    }

    public static String correction(UUID correctionId) {
        return "correction:" + correctionId;
    }
}
