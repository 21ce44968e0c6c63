package io.campaignlauncher.market.model;

/**
 * What has happened in the marketplace. Stored for ever: fields are added, never renamed. One decision makes events of several
 * streams; they are stored together or not at all.
 */
public sealed interface MarketEvent permits CampaignEvent, TargetEvent, ChannelEvent, CorrectionEvent, LedgerEvent {

    Stream stream();

    /** Who caused it. */
    Cause by();

    /** Whether it begins its stream: then no other event may have come before it. */
    default boolean isFirst() {
        return switch (this) {
            case CampaignEvent.CampaignDrafted _,TargetEvent.TargetDrafted _,ChannelEvent.ChannelOffered _ -> true;
            case LedgerEvent _,CorrectionEvent.CorrectionProposed _ -> true;
            case CampaignEvent _,TargetEvent _,ChannelEvent _,CorrectionEvent _ -> false;
        };
    }
}
