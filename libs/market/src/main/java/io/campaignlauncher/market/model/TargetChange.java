package io.campaignlauncher.market.model;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one decision does to one target: adds to the decision's events and knows the state that they lead to. */
final class TargetChange {

    final Case c;
    final Cause by;
    private final List<MarketEvent> events;
    private TargetState target;

    /** @param events of the decision; what is emitted is added at the end */
    TargetChange(Case c, TargetState target, Cause by, List<MarketEvent> events) {
        this.c = c;
        this.target = target;
        this.by = by;
        this.events = events;
    }

    TargetState target() {
        return target;
    }

    /** @throws NullPointerException where the target is not approved */
    EscrowState escrow() {
        return Objects.requireNonNull(target.escrow(), "an escrow comes with the approval");
    }

    /** @throws NullPointerException where the target is not approved */
    PostState post() {
        return Objects.requireNonNull(target.post(), "a post job comes with the approval");
    }

    void emit(TargetEvent event) {
        events.add(event);
        target = Market.evolve(target, event);
    }

    /** Opens a wallet where there is none yet. */
    void open(UUID walletId, WalletKind kind, @Nullable String userId) {
        if (!c.wallets().containsKey(walletId)) {
            events.add(new LedgerEvent.WalletOpened(walletId, by, kind, userId));
        }
    }

    void move(String key, LedgerEvent.MoveKind kind, List<LedgerEvent.Leg> legs) {
        events.add(new LedgerEvent.MoneyMoved(MarketIds.transaction(target.tenant(), key), by, key, kind,
                target.campaignId(), target.id(), legs));
    }

    Decision done() {
        return new Decision.Accepted(events);
    }
}
