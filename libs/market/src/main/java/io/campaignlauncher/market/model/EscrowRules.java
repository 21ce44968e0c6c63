package io.campaignlauncher.market.model;

import io.campaignlauncher.market.model.LedgerEvent.EntryType;
import io.campaignlauncher.market.model.LedgerEvent.Leg;
import io.campaignlauncher.market.model.LedgerEvent.MoveKind;
import java.util.ArrayList;
import java.util.Objects;

/** How the money of a target is held, and where it ends. The state changes first, the money moves after it. */
final class EscrowRules {

    private EscrowRules() {}

    static void hold(TargetChange change, String advertiserId) {
        var target = change.target();
        var walletId = MarketIds.escrowWallet(target.id());
        var amount = target.amount();
        change.open(walletId, WalletKind.ESCROW, null);
        change.emit(new TargetEvent.EscrowHeld(target.id(), target.campaignId(), change.by,
                MarketIds.escrow(target.id()), walletId, amount,
                change.c.policy().commission(target.place(), amount)));
        var legs = new ArrayList<Leg>();
        legs.add(new Leg(MarketIds.userWallet(target.tenant(), advertiserId), amount.negated(),
                EntryType.ESCROW_HOLD));
        legs.add(new Leg(walletId, amount, EntryType.ESCROW_HOLD));
        change.move(LedgerKey.hold(target.id()), MoveKind.ESCROW_HOLD, legs);
    }

    /** All of it goes to the publisher, but for the commission. */
    static void release(TargetChange change) {
        var target = change.target();
        var escrow = change.escrow();
        change.emit(
                new TargetEvent.EscrowReleased(target.id(), target.campaignId(), change.by, escrow.id()));
        var legs = new ArrayList<Leg>();
        legs.add(new Leg(escrow.walletId(), escrow.amount().negated(), EntryType.ESCROW_RELEASE));
        var paid = escrow.amount().minus(escrow.commission());
        if (!paid.isZero()) {
            var publisherId = Objects.requireNonNull(target.publisherId(), "whoever is paid is known");
            var walletId = MarketIds.userWallet(target.tenant(), publisherId);
            change.open(walletId, WalletKind.USER, publisherId);
            legs.add(new Leg(walletId, paid, EntryType.ESCROW_RELEASE));
        }
        if (!escrow.commission().isZero()) {
            var fees = MarketIds.fees(target.tenant());
            change.open(fees, WalletKind.FEES, null);
            legs.add(new Leg(fees, escrow.commission(), EntryType.COMMISSION));
        }
        change.move(LedgerKey.end(target.id()), MoveKind.ESCROW_RELEASE, legs);
    }

    /** There is no post: the job fails and all of the money comes back. */
    static void failAndRefund(TargetChange change, String advertiserId, String reason) {
        var target = change.target();
        var escrow = change.escrow();
        change.emit(new TargetEvent.PostFailed(target.id(), target.campaignId(), change.by, change.post().id(),
                reason));
        change.emit(new TargetEvent.EscrowRefunded(target.id(), target.campaignId(), change.by, escrow.id(), reason));
        var legs = new ArrayList<Leg>();
        legs.add(new Leg(escrow.walletId(), escrow.amount().negated(), EntryType.ESCROW_REFUND));
        legs.add(new Leg(MarketIds.userWallet(target.tenant(), advertiserId), escrow.amount(),
                EntryType.ESCROW_REFUND));
        change.move(LedgerKey.end(target.id()), MoveKind.ESCROW_REFUND, legs);
    }
}
