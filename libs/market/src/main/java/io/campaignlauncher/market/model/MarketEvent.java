package io.campaignlauncher.market.model;

/**
 * What has happened in the marketplace. Stored for ever: fields are added, never renamed. One decision makes events of several
 * streams; they are stored together or not at all.
 */
public sealed interface MarketEvent permits CampaignEvent, TargetEvent, ChannelEvent, CorrectionEvent, LedgerEvent {

    Stream stream();

    /** Who caused it. */
    Cause by();
}
