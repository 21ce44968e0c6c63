package io.campaignlauncher.market.model;

import java.util.ArrayList;
import java.util.List;

/** How a campaign ends. Its targets end with it, in the same decision. */
final class EndingRules {

    static final String CANCELLED = "the campaign was cancelled";

    private EndingRules() {}

    static Decision cancel(Case c, IssuedCommand issued) {
        return Gate.campaign(c, issued, Action.CANCEL_CAMPAIGN, (campaign, by) -> CampaignRules.along(campaign,
                Action.CANCEL_CAMPAIGN, () -> cancelled(c, campaign, by)));
    }

    /** Refused while a post may be going out: its money could neither be paid nor come back yet. A pause lets no new one start. */
    private static Decision cancelled(Case c, CampaignState campaign, Cause by) {
        var underWay = c.live().stream().filter(EndingRules::outcomeOpen).map(TargetState::id).toList();
        if (!underWay.isEmpty()) {
            return Decision.refuse(new Refusal.PostUnderWay(underWay));
        }
        var events = new ArrayList<MarketEvent>(List.of(new CampaignEvent.CampaignCancelled(campaign.id(), by)));
        for (var target : c.live()) {
            var change = new TargetChange(c, target, by, events);
            switch (target.status()) {
                case SUBMITTED -> RejectionRules.reject(change, CANCELLED);
                case APPROVED -> EscrowRules.failAndRefund(change, campaign.advertiserId(), CANCELLED);
                case DRAFT, REJECTED, POSTED, REFUNDED -> {
                }
            }
        }
        return new Decision.Accepted(events);
    }

    private static boolean outcomeOpen(TargetState target) {
        var post = target.post();
        return post != null && post.outcomeOpen();
    }

    static Decision complete(Case c, IssuedCommand issued) {
        return Gate.campaign(c, issued, Action.COMPLETE_CAMPAIGN, (campaign, by) -> CampaignRules.along(campaign,
                Action.COMPLETE_CAMPAIGN,
                () -> c.live().isEmpty() ? Decision.accept(new CampaignEvent.CampaignCompleted(campaign.id(), by))
                        : Decision.refuse(new Refusal.TargetsUnderWay(c.live().size()))));
    }
}
