package io.campaignlauncher.simulation.market;

import static io.campaignlauncher.simulation.market.AuditedWorld.cents;
import static io.campaignlauncher.simulation.market.AuditedWorld.isNoAmount;
import static io.campaignlauncher.simulation.market.AuditedWorld.rejected;
import static io.campaignlauncher.simulation.market.Auditor.DONE;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.simulation.market.AuditedTarget.Stage;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Predicts what becomes of campaigns. */
final class CampaignAudit {

    private final AuditedWorld world;

    CampaignAudit(AuditedWorld world) {
        this.world = world;
    }

    String draft(Actor actor, MarketCommand.DraftCampaign c) {
        var refusal = AuditedRoles.CAMPAIGN_DRAFT.refusal(actor, actor.userId(), "");
        if (refusal != null) {
            return refusal;
        }
        if (c.name().isBlank() || isNoAmount(c.totalBudget())) {
            return "Invalid";
        }
        var known = world.campaigns.get(c.campaignId());
        if (known == null) {
            world.campaigns.put(c.campaignId(),
                    new AuditedCampaign(c.campaignId(), actor.tenant(), actor.userId(), c.name(),
                            cents(c.totalBudget())));
            return DONE;
        }
        return known.tenant.equals(actor.tenant()) && known.owner.equals(actor.userId()) && known.name.equals(c.name())
                && known.budget == cents(c.totalBudget()) ? DONE : "DifferentRequest";
    }

    String turn(Actor actor, UUID id, AuditedCampaign.Stage to, Set<AuditedCampaign.Stage> from) {
        var campaign = world.campaigns.get(id);
        var refusal = world.of(actor, AuditedRoles.CAMPAIGN_TURN, campaign);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(campaign);
        if (!from.contains(campaign.stage)) {
            return campaign.stage == to ? DONE : "WrongState";
        }
        var live = world.targets.values().stream().filter(each -> each.campaign == campaign && each.isLive()).toList();
        if (to == AuditedCampaign.Stage.COMPLETED && !live.isEmpty()) {
            return "TargetsUnderWay";
        }
        if (to == AuditedCampaign.Stage.CANCELLED) {
            if (live.stream().anyMatch(AuditedTarget::isOpen)) {
                return "PostUnderWay";
            }
            live.forEach(each -> {
                if (each.stage == Stage.SUBMITTED) {
                    rejected(each);
                } else {
                    world.refund(each);
                }
            });
        }
        campaign.stage = to;
        return DONE;
    }
}
