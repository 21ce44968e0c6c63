package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.WalletKind;
import io.campaignlauncher.market.model.WalletState;
import io.campaignlauncher.market.model.Locks.Lock;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Reads and writes {@code wallets}. */
final class WalletRows {

    private final Sql sql;

    WalletRows(Sql sql) {
        this.sql = sql;
    }

    Map<UUID, WalletState> load(Collection<UUID> ids, Lock lock) {
        return sql.byId("select * from @wallets where id = any(?)" + Sql.suffix(lock), ids,
                row -> new WalletState(Sql.id(row, "id"), Sql.text(row, "tenant"),
                        Sql.constant(WalletKind.class, row, "kind"), row.getString("userId"),
                        Sql.money(row, "balance")));
    }

    void write(Pending<UUID, WalletState> wallets) {
        sql.write("insert into @wallets (balance, id, tenant, kind, \"userId\", \"createdAt\")"
                + " values (?, ?, ?, ?, ?, ?)", wallets.added().stream().map(change -> {
                    var is = change.next();
                    return Sql.row(is.balance(), is.id(), is.tenant(), is.kind().word(), is.userId(), change.first());
                }).toList());
        sql.write("update @wallets set balance = ? where id = ?", wallets.updated().stream()
                .map(change -> Sql.row(change.next().balance(), change.next().id())).toList());
    }
}
