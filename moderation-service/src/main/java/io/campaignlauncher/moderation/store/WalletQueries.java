package io.campaignlauncher.moderation.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.tables.WalletBalances;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people read of their money, now and as it was. */
public final class WalletQueries {

    private final JdbcClient jdbc;
    private final WalletBalances balances;

    /** @param held is in escrow */
    public record Wallet(String balance, String held) {}

    /** An entry as the API shows it. */
    public record Entry(long id, String type, String amount, String balanceAfter, String createdAt,
            @Nullable UUID campaignId, @Nullable UUID targetId) implements MarketQueries.Listed {

        @Override
        @JsonIgnore
        public String mark() {
            return Long.toString(id);
        }
    }

    public WalletQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.balances = new WalletBalances(jdbc, EventStoreSchema.MARKETPLACE.name());
    }

    /** Who never had money has a wallet with nothing in it. */
    public Wallet at(String tenant, String userId, Instant at) {
        var then = balances.at(MarketIds.userWallet(tenant, userId), at);
        return new Wallet(then.balance().toString(), then.held().toString());
    }

    /** The newest first. */
    public List<Entry> entries(String tenant, String userId, @Nullable String after, int max) {
        return jdbc.sql("""
                select e.id, e.type, e.amount, e."balanceAfter", e."createdAt", t."campaignId", t."targetId"
                from market.ledger_entries e join market.ledger_transactions t on t.id = e."transactionId"
                where e."walletId" = :wallet and e.id < :before order by e.id desc limit :max
                """).param("wallet", MarketIds.userWallet(tenant, userId))
                .param("before", after == null || !after.matches("[0-9]{1,18}") ? Long.MAX_VALUE
                        : Long.parseLong(after))
                .param("max", max)
                .query((row, _) -> new Entry(row.getLong("id"), row.getString("type"),
                        MarketQueries.amount(row, "amount"), MarketQueries.amount(row, "balanceAfter"),
                        MarketQueries.time(row, "createdAt"), row.getObject("campaignId", UUID.class),
                        row.getObject("targetId", UUID.class)))
                .list();
    }
}
