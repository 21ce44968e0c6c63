package io.campaignlauncher.market.model;

import java.util.UUID;

/** What has happened to a campaign. */
public sealed interface CampaignEvent extends MarketEvent {

    UUID campaignId();

    @Override
    default Stream stream() {
        return new Stream(Stream.Kind.CAMPAIGN, campaignId());
    }

    /** The first event of a campaign. Whoever caused it owns it. */
    record CampaignDrafted(UUID campaignId, Cause by, String name, Money totalBudget) implements CampaignEvent {}

    record CampaignActivated(UUID campaignId, Cause by) implements CampaignEvent {}

    record CampaignPaused(UUID campaignId, Cause by) implements CampaignEvent {}

    record CampaignResumed(UUID campaignId, Cause by) implements CampaignEvent {}

    /** The end: what became of its targets is told by their own events. */
    record CampaignCancelled(UUID campaignId, Cause by) implements CampaignEvent {}

    /** The end: no target is under review or waits for its post. */
    record CampaignCompleted(UUID campaignId, Cause by) implements CampaignEvent {}
}
