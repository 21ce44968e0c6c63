package io.campaignlauncher.market.model;

import io.campaignlauncher.market.model.Refusal.Subject;

/** What every command passes before its own rule: the role, whether the thing is there, and whether it is theirs to do it to. */
final class Gate {

    private Gate() {}

    interface FreeRule {
        Decision decide(Cause by);
    }

    interface CampaignRule {
        Decision decide(CampaignState campaign, Cause by);
    }

    interface TargetRule {
        Decision decide(CampaignState campaign, TargetState target, Cause by);
    }

    /** Of what is there for nobody yet, so that it is the caller's own. */
    static Decision own(IssuedCommand issued, Action action, FreeRule rule) {
        return action.roleOf(issued.actor(), true).map(role -> rule.decide(cause(issued, role)))
                .orElseGet(() -> Decision.refuse(new Refusal.RoleMissing(action)));
    }

    /** Of what belongs to nobody. */
    static Decision unowned(IssuedCommand issued, Action action, FreeRule rule) {
        return action.roleOf(issued.actor(), false).map(role -> rule.decide(cause(issued, role)))
                .orElseGet(() -> Decision.refuse(new Refusal.RoleMissing(action)));
    }

    static Decision campaign(Case c, IssuedCommand issued, Action action, CampaignRule rule) {
        var campaign = c.campaign();
        if (!action.openTo(issued.actor())) {
            return Decision.refuse(new Refusal.RoleMissing(action));
        }
        if (campaign == null || !campaign.tenant().equals(issued.actor().tenant())) {
            return Decision.refuse(new Refusal.NoSuch(Subject.CAMPAIGN));
        }
        return owned(issued, action, Subject.CAMPAIGN, campaign.advertiserId(), by -> rule.decide(campaign, by));
    }

    /** A target is reached by way of its campaign: one of another campaign is none. */
    static Decision target(Case c, IssuedCommand issued, Action action, TargetRule rule) {
        if (!action.openTo(issued.actor())) {
            return Decision.refuse(new Refusal.RoleMissing(action));
        }
        var target = c.target();
        boolean byCampaign = issued.command() instanceof MarketCommand.OfTargetInCampaign;
        if (target == null && !byCampaign) {
            return Decision.refuse(new Refusal.NoSuch(Subject.TARGET));
        }
        return campaign(c, issued, action, (campaign, by) -> target == null
                || !target.campaignId().equals(campaign.id()) ? Decision.refuse(new Refusal.NoSuch(Subject.TARGET))
                        : rule.decide(campaign, target, by));
    }

    /** Of what belongs to this user. */
    static Decision owned(IssuedCommand issued, Action action, Subject subject, String owner, FreeRule rule) {
        if (!action.openTo(issued.actor())) {
            return Decision.refuse(new Refusal.RoleMissing(action));
        }
        return action.roleOf(issued.actor(), owner.equals(issued.actor().userId()))
                .map(role -> rule.decide(cause(issued, role)))
                .orElseGet(() -> Decision.refuse(action.foreign(subject, issued.actor())));
    }

    private static Cause cause(IssuedCommand issued, Role role) {
        return new Cause(issued.actor().userId(), role, issued.actor().tenant(), issued.correlationId());
    }
}
