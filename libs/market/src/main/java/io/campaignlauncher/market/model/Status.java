package io.campaignlauncher.market.model;

/** A state, as tables and people see it. */
public sealed interface Status permits CampaignStatus, TargetStatus, EscrowStatus, PostStatus {

    /** As in tables, messages and HTTP. */
    String word();
}
