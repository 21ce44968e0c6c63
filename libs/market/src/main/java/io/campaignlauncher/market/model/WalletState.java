package io.campaignlauncher.market.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A wallet. @param userId whose; null for the system's own. @param balance the sum of its ledger entries */
public record WalletState(UUID id, String tenant, WalletKind kind, @Nullable String userId, Money balance) {

    public WalletState plus(Money amount) {
        return new WalletState(id, tenant, kind, userId, balance.plus(amount));
    }
}
