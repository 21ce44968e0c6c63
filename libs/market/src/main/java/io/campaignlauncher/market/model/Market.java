package io.campaignlauncher.market.model;

import org.jspecify.annotations.Nullable;

/**
 * The marketplace: an advertiser sets up a campaign with a budget and submits targets, a moderator approves, the money is held, the
 * post goes out once, the money is paid out or comes back.
 *
 * <p>{@link #decide} says what follows from a command; the {@code evolve} methods what an event does to the state of its stream.
 * All are pure: time, ids and settings come in. A repeated command is accepted and adds nothing; a report of a worker is never refused;
 * money does not move while the outcome of a post is open.
 */
public final class Market {

    private Market() {}

    /** Checks in this order: role, existence, owner, fields, state. */
    public static Decision decide(Case c, IssuedCommand issued) {
        return switch (issued.command()) {
            case MarketCommand.DraftCampaign command -> CampaignRules.draft(c, issued, command);
            case MarketCommand.ActivateCampaign _ -> CampaignRules.activate(c, issued);
            case MarketCommand.PauseCampaign _ -> CampaignRules.pause(c, issued);
            case MarketCommand.ResumeCampaign _ -> CampaignRules.resume(c, issued);
            case MarketCommand.CancelCampaign _ -> EndingRules.cancel(c, issued);
            case MarketCommand.CompleteCampaign _ -> EndingRules.complete(c, issued);
            case MarketCommand.DraftTarget command -> TargetRules.draft(c, issued, command);
            case MarketCommand.EditTarget command -> TargetRules.edit(c, issued, command);
            case MarketCommand.SubmitTarget command -> TargetRules.submit(c, issued, command);
            case MarketCommand.ApproveTarget command -> ApprovalRules.approve(c, issued, command);
            case MarketCommand.RejectTarget command -> RejectionRules.reject(c, issued, command);
            case MarketCommand.ExpireReview _ -> RejectionRules.expire(c, issued);
            case MarketCommand.StartPosting command -> PostingRules.start(c, issued, command);
            case MarketCommand.Report report -> ReportRules.record(c, issued, report);
            case MarketCommand.DecideUnknownPost command -> UnknownPostRules.decide(c, issued, command);
            case MarketCommand.ReleaseEscrow _ -> PostingRules.release(c, issued);
            case MarketCommand.ExpirePosting _ -> PostingRules.expire(c, issued);
            case MarketCommand.Deposit command -> LedgerRules.deposit(c, issued, command);
            case MarketCommand.ProposeCorrection command -> LedgerRules.propose(c, issued, command);
            case MarketCommand.ApproveCorrection command -> LedgerRules.approve(c, issued, command);
            case MarketCommand.OfferChannel command -> ChannelRules.offer(c, issued, command);
            case MarketCommand.RefreshChannel command -> ChannelRules.refresh(c, issued, command);
        };
    }

    public static CampaignState evolve(@Nullable CampaignState campaign, CampaignEvent event) {
        return Evolution.evolve(campaign, event);
    }

    public static TargetState evolve(@Nullable TargetState target, TargetEvent event) {
        return TargetEvolution.evolve(target, event);
    }

    public static ChannelState evolve(@Nullable ChannelState channel, ChannelEvent event) {
        return Evolution.evolve(channel, event);
    }

    public static CorrectionState evolve(@Nullable CorrectionState correction, CorrectionEvent event) {
        return Evolution.evolve(correction, event);
    }

    /** A wallet as it is when it is opened; what its ledger entries make of it is {@link WalletState#plus}. */
    public static WalletState opened(LedgerEvent.WalletOpened event) {
        return new WalletState(event.walletId(), event.by().tenant(), event.kind(), event.userId(), Money.ZERO);
    }
}
