package io.campaignlauncher.market.model;

/** How a target is. */
public enum TargetStatus implements Status {
    DRAFT, SUBMITTED, REJECTED, APPROVED, POSTED, REFUNDED;

    @Override
    public String word() {
        return Words.of(this);
    }
}
