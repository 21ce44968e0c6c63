package io.campaignlauncher.market.model;

import io.campaignlauncher.market.model.Refusal.Subject;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** How a target is let pass: state, money and post job together, or none of it. */
final class ApprovalRules {

    private ApprovalRules() {}

    static Decision approve(Case c, IssuedCommand issued, MarketCommand.ApproveTarget command) {
        return Gate.target(c, issued, Action.APPROVE_TARGET, (campaign, target, by) -> switch (target.status()) {
            case APPROVED, POSTED, REFUNDED -> command.version() == target.version() ? Decision.accept()
                    : Decision.refuse(new Refusal.VersionChanged(target.version()));
            case DRAFT, REJECTED -> Decision.refuse(new Refusal.WrongState(Subject.TARGET, target.status().word()));
            case SUBMITTED -> {
                var obstacle = obstacle(c, campaign, target, command);
                yield obstacle == null ? approved(c, campaign, target, by) : Decision.refuse(obstacle);
            }
        });
    }

    private static @Nullable Refusal obstacle(Case c, CampaignState campaign, TargetState target,
            MarketCommand.ApproveTarget command) {
        if (campaign.status() != CampaignStatus.ACTIVE) {
            return new Refusal.CampaignNotActive(campaign.status());
        }
        if (command.version() != target.version()) {
            return new Refusal.VersionChanged(target.version());
        }
        var deadline = target.reviewDeadline();
        if (deadline != null && !c.now().isBefore(deadline)) {
            return new Refusal.TooLate(deadline);
        }
        if (!c.isOn(MarketSwitch.NEW_ESCROWS)) {
            return new Refusal.SwitchOff(MarketSwitch.NEW_ESCROWS);
        }
        var channel = c.channel();
        if (channel != null && !channel.ready()) {
            return new Refusal.ChannelNotReady(channel.lacking());
        }
        var left = campaign.totalBudget().minus(c.committed());
        if (target.amount().compareTo(left) > 0) {
            return new Refusal.BudgetExceeded(left);
        }
        var balance = c.balance(MarketIds.userWallet(campaign.tenant(), campaign.advertiserId()));
        return target.amount().compareTo(balance) > 0 ? new Refusal.NotEnoughBalance() : null;
    }

    private static Decision approved(Case c, CampaignState campaign, TargetState target, Cause by) {
        var change = new TargetChange(c, target, by, new ArrayList<>());
        change.emit(new TargetEvent.TargetApproved(target.id(), campaign.id(), by, target.version(),
                target.contentHash()));
        EscrowRules.hold(change, campaign.advertiserId());
        change.emit(new TargetEvent.PostQueued(target.id(), campaign.id(), by, MarketIds.postJob(target.id()),
                target.contentHash(), from(c.now(), target.place().postAt()).plus(c.policy().postingTime())));
        return change.done();
    }

    private static Instant from(Instant now, @Nullable Instant postAt) {
        return postAt == null || postAt.isBefore(now) ? now : postAt;
    }
}
