package io.campaignlauncher.market.model;

/** What a wallet is for. */
public enum WalletKind {
    USER,
    /** Of one target's held money: its amount while it is held, nothing afterwards. */
    ESCROW,
    /** What the marketplace has earned. */
    FEES,
    /** The world outside, where deposits come from; the only one that may be, and is, below zero. */
    EXTERNAL;

    /** As in tables and messages. */
    public String word() {
        return Words.of(this);
    }
}
