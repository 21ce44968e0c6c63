package io.campaignlauncher.simulation.market;

import static io.campaignlauncher.simulation.market.AuditedWorld.cents;
import static io.campaignlauncher.simulation.market.AuditedWorld.kept;
import static io.campaignlauncher.simulation.market.AuditedWorld.rejected;
import static io.campaignlauncher.simulation.market.Auditor.DONE;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.simulation.market.AuditedTarget.Stage;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Predicts what becomes of targets until they are approved. */
final class TargetAudit {

    private final AuditedWorld world;

    TargetAudit(AuditedWorld world) {
        this.world = world;
    }

    private @Nullable String priced(Actor actor, Place place) {
        if (place instanceof Place.TelegramPost post) {
            var channel = world.channels.get(post.channelId());
            if (channel == null || !channel.tenant.equals(actor.tenant())) {
                return "NoSuch";
            }
            return post.text().isBlank() ? "Invalid" : null;
        }
        return null;
    }

    private long price(Place place) {
        return place instanceof Place.TelegramPost post
                ? Objects.requireNonNull(world.channels.get(post.channelId())).price
                : cents(world.policy.launchPrice().toString());
    }

    private @Nullable String publisher(Place place) {
        return place instanceof Place.TelegramPost post
                ? Objects.requireNonNull(world.channels.get(post.channelId())).owner
                : null;
    }

    String draft(Actor actor, MarketCommand.DraftTarget c) {
        var campaign = world.campaigns.get(c.campaignId());
        var refusal = world.of(actor, AuditedRoles.TARGET_WRITE, campaign);
        if (refusal == null) {
            refusal = priced(actor, c.place());
        }
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(campaign);
        var known = world.targets.get(c.targetId());
        if (known != null) {
            return known.campaign == campaign && known.version == 1 && known.place.equals(c.place()) ? DONE
                    : "DifferentRequest";
        }
        if (campaign.hasEnded()) {
            return "WrongState";
        }
        world.targets.put(c.targetId(), new AuditedTarget(c.targetId(), campaign, c.place(), price(c.place()),
                publisher(c.place())));
        return DONE;
    }

    String edit(Actor actor, MarketCommand.EditTarget c) {
        var campaign = world.campaigns.get(c.campaignId());
        var refusal = world.of(actor, AuditedRoles.TARGET_WRITE, campaign);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(campaign);
        var target = world.targets.get(c.targetId());
        if (target == null || target.campaign != campaign) {
            return "NoSuch";
        }
        refusal = priced(actor, c.place());
        if (refusal != null) {
            return refusal;
        }
        if (target.place.equals(c.place())) {
            return DONE;
        }
        if (target.hasPostJob() || !target.isLive() && campaign.hasEnded()) {
            return "WrongState";
        }
        if (target.stage == Stage.SUBMITTED) {
            if (campaign.stage != AuditedCampaign.Stage.ACTIVE) {
                return "CampaignNotActive";
            }
            target.judgedBefore = kept(world.now.plus(world.policy.reviewTime()));
        }
        target.version++;
        target.place = c.place();
        target.price = price(c.place());
        target.publisher = publisher(c.place());
        return DONE;
    }

    String submit(Actor actor, MarketCommand.SubmitTarget c) {
        var campaign = world.campaigns.get(c.campaignId());
        var refusal = world.of(actor, AuditedRoles.TARGET_WRITE, campaign);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(campaign);
        var target = world.targets.get(c.targetId());
        if (target == null || target.campaign != campaign) {
            return "NoSuch";
        }
        if (target.stage == Stage.SUBMITTED) {
            return DONE;
        }
        if (target.hasPostJob()) {
            return "WrongState";
        }
        if (campaign.stage != AuditedCampaign.Stage.ACTIVE) {
            return "CampaignNotActive";
        }
        if (target.version == target.rejectedVersion) {
            target.version++;
        }
        target.stage = Stage.SUBMITTED;
        target.judgedBefore = kept(world.now.plus(world.policy.reviewTime()));
        return DONE;
    }

    String approve(Actor actor, MarketCommand.ApproveTarget c) {
        var target = world.targets.get(c.targetId());
        var refusal = world.of(actor, AuditedRoles.TARGET_JUDGE, target);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(target);
        if (target.hasPostJob()) {
            return c.version() == target.version ? DONE : "VersionChanged";
        }
        if (target.stage != Stage.SUBMITTED) {
            return "WrongState";
        }
        if (target.campaign.stage != AuditedCampaign.Stage.ACTIVE) {
            return "CampaignNotActive";
        }
        if (c.version() != target.version) {
            return "VersionChanged";
        }
        if (!world.now.isBefore(target.judgedBefore)) {
            return "TooLate";
        }
        if (world.off.contains(MarketSwitch.NEW_ESCROWS)) {
            return "SwitchOff";
        }
        if (!world.isReady(target)) {
            return "ChannelNotReady";
        }
        long committed = world.targets.values().stream()
                .filter(each -> each.campaign == target.campaign
                        && (each.stage == Stage.APPROVED || each.stage == Stage.POSTED))
                .mapToLong(each -> each.price).sum();
        if (committed + target.price > target.campaign.budget) {
            return "BudgetExceeded";
        }
        var payer = MarketIds.userWallet(target.campaign.tenant, target.campaign.owner);
        if (target.price > world.books.balance(payer)) {
            return "NotEnoughBalance";
        }
        hold(target, payer);
        return DONE;
    }

    private void hold(AuditedTarget target, UUID payer) {
        target.stage = Stage.APPROVED;
        target.commission = target.place instanceof Place.TelegramPost
                ? target.price * world.policy.commissionBasisPoints() / 10_000
                : target.price;
        var postAt = target.place.postAt();
        target.postedBefore = kept(
                (postAt == null || postAt.isBefore(world.now) ? world.now : postAt).plus(world.policy.postingTime()));
        world.books.openEscrow(target.id);
        world.books.move(payer, MarketIds.escrowWallet(target.id), target.price);
    }

    String reject(Actor actor, MarketCommand.RejectTarget c) {
        var target = world.targets.get(c.targetId());
        var refusal = world.of(actor, AuditedRoles.TARGET_JUDGE, target);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(target);
        if (c.reason().isBlank()) {
            return "Invalid";
        }
        return switch (target.stage) {
            case REJECTED -> c.version() == target.rejectedVersion ? DONE : "VersionChanged";
            case SUBMITTED -> {
                if (c.version() != target.version) {
                    yield "VersionChanged";
                }
                rejected(target);
                yield DONE;
            }
            case DRAFT, APPROVED, POSTED, REFUNDED -> "WrongState";
        };
    }

    String expireReview(Actor actor, MarketCommand.ExpireReview c) {
        var target = world.targets.get(c.targetId());
        var refusal = world.of(actor, AuditedRoles.WORK, target);
        if (refusal == null && Objects.requireNonNull(target).stage == Stage.SUBMITTED
                && !world.now.isBefore(target.judgedBefore)) {
            rejected(target);
        }
        return refusal == null ? DONE : refusal;
    }
}
