package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.LedgerEvent.MoneyMoved;
import io.campaignlauncher.market.model.Money;
import io.campaignlauncher.market.model.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds to {@code ledger_transactions} and {@code ledger_entries}. */
final class LedgerRows {

    private final Sql sql;
    private final List<@Nullable Object[]> transactions = new ArrayList<>();
    private final List<@Nullable Object[]> entries = new ArrayList<>();

    LedgerRows(Sql sql) {
        this.sql = sql;
    }

    /** @param balances of the wallets after each leg, in their order */
    void add(RecordedEvent recorded, MoneyMoved moved, List<Money> balances) {
        transactions.add(Sql.row(moved.transactionId(), moved.by().tenant(), moved.key(), moved.kind().word(),
                moved.campaignId(), moved.targetId(), recorded.at()));
        for (int i = 0; i < balances.size(); i++) {
            var leg = moved.legs().get(i);
            entries.add(Sql.row(Math.multiplyExact(recorded.position(), (long) MoneyMoved.LEGS_MAX) + i,
                    moved.transactionId(), leg.walletId(), leg.amount(), leg.type().word(), balances.get(i),
                    recorded.at()));
        }
    }

    void write() {
        sql.write("insert into @ledger_transactions (id, tenant, key, kind, \"campaignId\", \"targetId\", created_at)"
                + " values (?, ?, ?, ?, ?, ?, ?)", transactions);
        sql.write("insert into @ledger_entries (id, \"transactionId\", \"walletId\", amount, type, \"balanceAfter\","
                + " \"createdAt\") values (?, ?, ?, ?, ?, ?, ?)", entries);
        transactions.clear();
        entries.clear();
    }
}
