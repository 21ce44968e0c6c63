package io.campaignlauncher.market.history;

import io.campaignlauncher.market.model.LedgerEvent.EntryType;
import io.campaignlauncher.market.model.LedgerEvent.MoneyMoved;
import io.campaignlauncher.market.model.Money;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The balance of one wallet, from the ledger's events alone. Remembers what is held, and nothing of what has ended. */
public final class WalletFold {

    private final UUID walletId;
    private final Map<UUID, Money> heldForTargets = new HashMap<>();
    private Money balance = Money.ZERO;

    public WalletFold(UUID walletId) {
        this.walletId = walletId;
    }

    /** @param event of any wallets: where held money goes is told by none of its owner's */
    public void apply(MoneyMoved event) {
        switch (event.kind()) {
            case DEPOSIT, ESCROW_HOLD, CORRECTION -> {
            }
            case ESCROW_RELEASE, ESCROW_REFUND -> heldForTargets.remove(target(event));
        }
        for (var leg : event.legs()) {
            if (leg.walletId().equals(walletId)) {
                balance = balance.plus(leg.amount());
                if (leg.type() == EntryType.ESCROW_HOLD && leg.amount().isNegative()) {
                    heldForTargets.put(target(event), leg.amount().negated());
                }
            }
        }
    }

    private static UUID target(MoneyMoved event) {
        return Objects.requireNonNull(event.targetId(), () -> "no target: " + event.key());
    }

    public WalletBalance balance() {
        return new WalletBalance(balance, Money.sum(heldForTargets.values()));
    }
}
