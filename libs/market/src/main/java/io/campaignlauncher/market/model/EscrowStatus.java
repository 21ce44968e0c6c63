package io.campaignlauncher.market.model;

/** Where the money of a target is: held, with the publisher, or back with the advertiser. */
public enum EscrowStatus implements Status {
    HELD, RELEASED, REFUNDED;

    @Override
    public String word() {
        return Words.of(this);
    }
}
