package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.history.WalletBalance;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a wallet had at any time, as the ledger's tables have it. */
public final class WalletBalances {

    /** Held are the holds, less those that had ended by then. */
    private static final String AT = """
            select coalesce((select "balanceAfter" from %1$s.ledger_entries
                    where "walletId" = :wallet and "createdAt" <= :at order by id desc limit 1), 0) as balance,
                coalesce((select sum(-e.amount) from %1$s.ledger_entries e where e."walletId" = :wallet
                    and e.type = 'escrow_hold' and e.amount < 0 and e."createdAt" <= :at
                    and not exists (select from %1$s.ledger_transactions h
                        join %1$s.ledger_transactions x on x.tenant = h.tenant
                            and x.key = 'escrow:' || h."targetId" || ':end' and x.created_at <= :at
                        where h.id = e."transactionId")), 0) as held
            """;

    private final JdbcClient jdbc;
    private final String sql;

    /** @param schema where the tables are, as SQL writes it */
    public WalletBalances(JdbcClient jdbc, String schema) {
        this.jdbc = jdbc;
        sql = AT.formatted(schema);
    }

    /** A wallet that is not there has nothing. */
    public WalletBalance at(UUID walletId, Instant at) {
        return jdbc.sql(sql).param("wallet", walletId).param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new WalletBalance(Sql.money(row, "balance"), Sql.money(row, "held"))).single();
    }
}
