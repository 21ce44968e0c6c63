package io.campaignlauncher.market.model;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a command needs to have locked before it is decided, so that what the {@link Case} says stays so until its events are stored.
 * Everybody locks in this order: campaign, targets by id, channel, correction, wallets by id as PostgreSQL sorts them, switches. What is not there
 * cannot be locked: there the event store's number of a stream's first event, and the tables' unique keys, let one of two through.
 *
 * <p>Approvals share the campaign, so that they do not wait for each other there, and stand against its cancel. Budget and balance are safe
 * all the same: all approvals of one advertiser take the advertiser's wallet, and what is committed is read after that.
 *
 * @param campaign  how
 * @param target    how
 * @param live      the campaign's submitted and approved targets are needed, each locked as {@link Lock#CHANGE}
 * @param channel   how
 * @param committed the sum of what is held of the campaign or was released is needed
 * @param targets   how many targets the campaign has is needed
 * @param switches  rows to be read {@code for share}, so that "off" waits for what runs and stops what comes later
 * @param ledgerKey the ledger transaction of this key is needed; null: of none
 */
public record Locks(Lock campaign, Lock target, boolean live, Lock channel, boolean committed, boolean targets,
        Set<MarketSwitch> switches, @Nullable String ledgerKey) {

    /** How a row is locked. */
    public enum Lock {
        /** Not read at all. */
        NONE,
        /** {@code for share}: nobody else may change it. */
        SHARE,
        /** {@code for update}: it will be changed. */
        CHANGE
    }

    private static final Locks NOTHING = new Locks(Lock.NONE, Lock.NONE, false, Lock.NONE, false, false, Set.of(),
            null);

    public Locks {
        switches = Set.copyOf(switches);
    }

    public static Locks of(MarketCommand command) {
        return switch (command) {
            case MarketCommand.DraftCampaign _,MarketCommand.ActivateCampaign _,MarketCommand.PauseCampaign _,MarketCommand.ResumeCampaign _ ->
                rows(Lock.CHANGE, Lock.NONE, false, Lock.NONE);
            case MarketCommand.CancelCampaign _,MarketCommand.CompleteCampaign _ ->
                rows(Lock.CHANGE, Lock.NONE, true, Lock.NONE);
            // Counting the targets is safe only while nobody else adds one.
            case MarketCommand.DraftTarget _ -> new Locks(Lock.CHANGE, Lock.CHANGE, false, Lock.SHARE, false, true,
                    Set.of(), null);
            case MarketCommand.EditTarget _ -> rows(Lock.SHARE, Lock.CHANGE, false, Lock.SHARE);
            case MarketCommand.SubmitTarget _,MarketCommand.RejectTarget _,MarketCommand.ExpireReview _ ->
                rows(Lock.SHARE, Lock.CHANGE, false, Lock.NONE);
            case MarketCommand.ApproveTarget _ -> new Locks(Lock.SHARE, Lock.CHANGE, false, Lock.SHARE, true, false,
                    Set.of(MarketSwitch.NEW_ESCROWS), null);
            case MarketCommand.StartPosting _ -> new Locks(Lock.SHARE, Lock.CHANGE, false, Lock.SHARE, false, false,
                    Set.of(MarketSwitch.TELEGRAM_POSTING), null);
            case MarketCommand.Report _,MarketCommand.DecideUnknownPost _ -> new Locks(Lock.SHARE, Lock.CHANGE, false,
                    Lock.SHARE, false, false, Set.of(MarketSwitch.PAYOUTS), null);
            case MarketCommand.ReleaseEscrow _ -> new Locks(Lock.SHARE, Lock.CHANGE, false, Lock.NONE, false, false,
                    Set.of(MarketSwitch.PAYOUTS), null);
            case MarketCommand.ExpirePosting _ -> rows(Lock.SHARE, Lock.CHANGE, false, Lock.NONE);
            case MarketCommand.Deposit deposit -> new Locks(Lock.NONE, Lock.NONE, false, Lock.NONE, false, false,
                    Set.of(), LedgerKey.deposit(deposit.externalId()));
            case MarketCommand.ProposeCorrection _,MarketCommand.ApproveCorrection _ -> NOTHING;
            case MarketCommand.OfferChannel _,MarketCommand.RefreshChannel _ ->
                rows(Lock.NONE, Lock.NONE, false, Lock.CHANGE);
        };
    }

    private static Locks rows(Lock campaign, Lock target, boolean live, Lock channel) {
        return new Locks(campaign, target, live, channel, false, false, Set.of(), null);
    }

    /**
     * The wallets that the command may change, in no order; there may be none of that id yet.
     *
     * @param campaign   as locked; null where there is none
     * @param targets    the target, or the live ones, as locked
     * @param correction null where there is none
     */
    public static List<UUID> wallets(String tenant, MarketCommand command, @Nullable CampaignState campaign,
            List<TargetState> targets, @Nullable CorrectionState correction) {
        var payer = campaign == null ? Stream.<UUID>of()
                : Stream.of(MarketIds.userWallet(tenant, campaign.advertiserId()));
        var escrows = targets.stream().map(target -> MarketIds.escrowWallet(target.id()));
        var payees = Stream.concat(Stream.of(MarketIds.fees(tenant)), targets.stream()
                .flatMap(target -> Stream.ofNullable(target.publisherId()))
                .map(publisher -> MarketIds.userWallet(tenant, publisher)));
        var needed = switch (command) {
            case MarketCommand.DraftCampaign _,MarketCommand.ActivateCampaign _,MarketCommand.PauseCampaign _,MarketCommand.ResumeCampaign _ ->
                Stream.<UUID>of();
            case MarketCommand.CompleteCampaign _,MarketCommand.OfTargetInCampaign _,MarketCommand.RejectTarget _,MarketCommand.ExpireReview _ ->
                Stream.<UUID>of();
            case MarketCommand.StartPosting _,MarketCommand.OfferChannel _,MarketCommand.RefreshChannel _ ->
                Stream.<UUID>of();
            case MarketCommand.CancelCampaign _,MarketCommand.ApproveTarget _,MarketCommand.ExpirePosting _,MarketCommand.DecideUnknownPost _ ->
                Stream.concat(payer, escrows);
            case MarketCommand.ReportLastLook _,MarketCommand.ReleaseEscrow _ -> Stream.concat(escrows, payees);
            case MarketCommand.Report _ -> Stream.concat(payer, escrows);
            case MarketCommand.Deposit deposit -> Stream.of(MarketIds.external(tenant),
                    MarketIds.userWallet(tenant, deposit.userId()));
            case MarketCommand.ProposeCorrection c -> Stream.of(c.fromWalletId(), c.toWalletId());
            case MarketCommand.ApproveCorrection _ -> correction == null ? Stream.<UUID>of()
                    : Stream.of(correction.fromWalletId(), correction.toWalletId());
        };
        return needed.distinct().toList();
    }
}
