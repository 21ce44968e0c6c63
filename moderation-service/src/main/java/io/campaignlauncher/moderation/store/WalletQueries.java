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

    /** A wallet as an admin sees it. @param userId null: the marketplace's own */
    public record Held(UUID id, @Nullable String userId, String kind, String balance) implements MarketQueries.Listed {

        @Override
        @JsonIgnore
        public String mark() {
            return id.toString();
        }
    }

    /** A correction as an admin sees it. @param approvedBy null: it has moved nothing yet */
    public record Correction(UUID id, String status, UUID fromWalletId, UUID toWalletId, String amount, String reason,
            String proposedBy, @Nullable String approvedBy, String createdAt) implements MarketQueries.Listed {

        @Override
        @JsonIgnore
        public String mark() {
            return id.toString();
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
                .param("before", ReviewQueries.before(after))
                .param("max", max)
                .query((row, _) -> new Entry(row.getLong("id"), row.getString("type"),
                        MarketQueries.amount(row, "amount"), MarketQueries.amount(row, "balanceAfter"),
                        MarketQueries.time(row, "createdAt"), row.getObject("campaignId", UUID.class),
                        row.getObject("targetId", UUID.class)))
                .list();
    }

    /** Wallets of users and of the marketplace itself, by id; none of an escrow. @param userId whose; null: anybody's */
    public List<Held> wallets(String tenant, @Nullable String userId, @Nullable String after, int max) {
        return jdbc.sql("""
                select id, "userId", kind, balance from market.wallets where tenant = :tenant and kind <> 'escrow'
                and (cast(:user as text) is null or "userId" = :user)
                and (cast(:after as text) is null or id > cast(:after as uuid)) order by id limit :max
                """).param("tenant", tenant).param("user", userId).param("after", MarketQueries.uuidOrNull(after))
                .param("max", max)
                .query((row, _) -> new Held(MarketQueries.uuid(row, "id"), row.getString("userId"),
                        row.getString("kind"), MarketQueries.amount(row, "balance")))
                .list();
    }

    /** The newest first. */
    public List<Correction> corrections(String tenant, @Nullable String after, int max) {
        return jdbc.sql("""
                select id, "fromWalletId", "toWalletId", amount, reason, "proposedBy", "approvedBy", created_at
                from market.corrections where tenant = :tenant
                and (cast(:after as text) is null or (created_at, id) <
                    (select created_at, id from market.corrections where id = cast(:after as uuid)))
                order by created_at desc, id desc limit :max
                """).param("tenant", tenant).param("after", MarketQueries.uuidOrNull(after)).param("max", max)
                .query((row, _) -> new Correction(MarketQueries.uuid(row, "id"),
                        row.getString("approvedBy") == null ? "proposed" : "approved",
                        MarketQueries.uuid(row, "fromWalletId"), MarketQueries.uuid(row, "toWalletId"),
                        MarketQueries.amount(row, "amount"), row.getString("reason"), row.getString("proposedBy"),
                        row.getString("approvedBy"), MarketQueries.time(row, "created_at")))
                .list();
    }
}
