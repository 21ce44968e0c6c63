package io.campaignlauncher.market.model;

import java.util.UUID;

/** A campaign. @param totalBudget what its targets may hold and spend together at most */
public record CampaignState(UUID id, String tenant, String advertiserId, String name, Money totalBudget,
        CampaignStatus status) {

    CampaignState in(CampaignStatus next) {
        return new CampaignState(id, tenant, advertiserId, name, totalBudget, next);
    }

    /** Whether nothing can come of it any more. */
    boolean ended() {
        return switch (status) {
            case DRAFT, ACTIVE, PAUSED -> false;
            case COMPLETED, CANCELLED -> true;
        };
    }
}
