package io.campaignlauncher.simulation.market;

import io.campaignlauncher.market.model.MarketIds;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The auditor's own account of who has how much, in hundredths. */
final class Books {

    private final Map<UUID, Long> balances = new HashMap<>();
    private final Map<UUID, String> tenants = new HashMap<>();

    boolean has(UUID wallet) {
        return balances.containsKey(wallet);
    }

    /** Whether people of the tenant may correct it: escrows are not opened here by {@link #open}. */
    boolean isOf(String tenant, UUID wallet) {
        return tenant.equals(tenants.get(wallet));
    }

    long balance(UUID wallet) {
        return balances.getOrDefault(wallet, 0L);
    }

    void open(String tenant, UUID wallet) {
        balances.putIfAbsent(wallet, 0L);
        tenants.putIfAbsent(wallet, tenant);
    }

    void openEscrow(UUID targetId) {
        balances.putIfAbsent(MarketIds.escrowWallet(targetId), 0L);
    }

    void move(UUID from, UUID to, long cents) {
        balances.merge(from, -cents, Long::sum);
        balances.merge(to, cents, Long::sum);
    }

    Map<UUID, Long> balances() {
        return balances;
    }
}
