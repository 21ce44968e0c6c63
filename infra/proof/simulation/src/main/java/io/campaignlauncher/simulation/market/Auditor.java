package io.campaignlauncher.simulation.market;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketPolicy;
import io.campaignlauncher.market.model.MarketSwitch;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps books of its own, after the page of the marketplace and not after its code, and predicts the answer to each command:
 * {@link #DONE}, or the name of the refusal.
 */
final class Auditor {

    static final String DONE = "accepted";

    private final AuditedWorld world;
    private final CampaignAudit campaigns;
    private final TargetAudit targets;
    private final PostAudit posts;
    private final MoneyAudit money;

    Auditor(MarketPolicy policy) {
        this.world = new AuditedWorld(policy);
        this.campaigns = new CampaignAudit(world);
        this.targets = new TargetAudit(world);
        this.posts = new PostAudit(world);
        this.money = new MoneyAudit(world);
    }

    Books books() {
        return world.books;
    }

    Map<UUID, AuditedTarget> targets() {
        return world.targets;
    }

    void turned(MarketSwitch name, boolean on) {
        if (on) {
            world.off.remove(name);
        } else {
            world.off.add(name);
        }
    }

    /** What the answer has to be; takes note of what follows from it. */
    String answer(Instant at, Actor actor, MarketCommand command) {
        world.now = at;
        return switch (command) {
            case MarketCommand.DraftCampaign c -> campaigns.draft(actor, c);
            case MarketCommand.ActivateCampaign c -> campaigns.turn(actor, c.campaignId(), AuditedCampaign.Stage.ACTIVE,
                    Set.of(AuditedCampaign.Stage.DRAFT));
            case MarketCommand.PauseCampaign c -> campaigns.turn(actor, c.campaignId(), AuditedCampaign.Stage.PAUSED,
                    Set.of(AuditedCampaign.Stage.ACTIVE));
            case MarketCommand.ResumeCampaign c -> campaigns.turn(actor, c.campaignId(), AuditedCampaign.Stage.ACTIVE,
                    Set.of(AuditedCampaign.Stage.PAUSED));
            case MarketCommand.CancelCampaign c -> campaigns.turn(actor, c.campaignId(),
                    AuditedCampaign.Stage.CANCELLED,
                    Set.of(AuditedCampaign.Stage.DRAFT, AuditedCampaign.Stage.ACTIVE, AuditedCampaign.Stage.PAUSED));
            case MarketCommand.CompleteCampaign c ->
                campaigns.turn(actor, c.campaignId(), AuditedCampaign.Stage.COMPLETED,
                        Set.of(AuditedCampaign.Stage.ACTIVE, AuditedCampaign.Stage.PAUSED));
            case MarketCommand.DraftTarget c -> targets.draft(actor, c);
            case MarketCommand.EditTarget c -> targets.edit(actor, c);
            case MarketCommand.SubmitTarget c -> targets.submit(actor, c);
            case MarketCommand.ApproveTarget c -> targets.approve(actor, c);
            case MarketCommand.RejectTarget c -> targets.reject(actor, c);
            case MarketCommand.ExpireReview c -> targets.expireReview(actor, c);
            case MarketCommand.StartPosting c -> posts.start(actor, c);
            case MarketCommand.Report c -> posts.report(actor, c);
            case MarketCommand.DecideUnknownPost c -> posts.decide(actor, c);
            case MarketCommand.ReleaseEscrow c -> posts.release(actor, c);
            case MarketCommand.ExpirePosting c -> posts.expirePosting(actor, c);
            case MarketCommand.Deposit c -> money.deposit(actor, c);
            case MarketCommand.ProposeCorrection c -> money.propose(actor, c);
            case MarketCommand.ApproveCorrection c -> money.approve(actor, c);
            case MarketCommand.OfferChannel c -> money.offer(actor, c);
            case MarketCommand.RefreshChannel c -> money.refresh(actor, c);
        };
    }
}
