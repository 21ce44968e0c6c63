package io.campaignlauncher.market.model;

/** How a campaign is. */
public enum CampaignStatus implements Status {
    DRAFT, ACTIVE, PAUSED, COMPLETED, CANCELLED;

    @Override
    public String word() {
        return Words.of(this);
    }
}
