package io.campaignlauncher.moderation.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.campaignlauncher.market.model.MarketIds;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people read of their money, now and as it was. */
public final class WalletQueries {

    /** What of one's money is in escrow: holds, less what has ended by then. */
    private static final String AT = """
            select coalesce((select "balanceAfter" from market.ledger_entries
                    where "walletId" = :wallet and "createdAt" <= :at order by id desc limit 1), 0) as balance,
                coalesce((select sum(-e.amount) from market.ledger_entries e where e."walletId" = :wallet
                    and e.type = 'escrow_hold' and e."createdAt" <= :at
                    and not exists (select from market.ledger_transactions h
                        join market.ledger_transactions x on x.tenant = h.tenant
                            and x.key = 'escrow:' || h."targetId" || ':end' and x.created_at <= :at
                        where h.id = e."transactionId")), 0) as held
            """;

    private final JdbcClient jdbc;

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
    }

    /** Who never had money has a wallet with nothing in it. */
    public Wallet at(String tenant, String userId, Instant at) {
        return jdbc.sql(AT).param("wallet", MarketIds.userWallet(tenant, userId))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Wallet(row.getBigDecimal("balance").setScale(2).toPlainString(),
                        row.getBigDecimal("held").setScale(2).toPlainString()))
                .single();
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
