package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.CorrectionState;
import io.campaignlauncher.market.model.Locks.Lock;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Reads and writes {@code corrections}. */
final class CorrectionRows {

    private final Sql sql;

    CorrectionRows(Sql sql) {
        this.sql = sql;
    }

    Map<UUID, CorrectionState> load(Collection<UUID> ids, Lock lock) {
        return sql.byId("select * from @corrections where id = any(?)" + Sql.suffix(lock), ids,
                row -> new CorrectionState(Sql.id(row, "id"), Sql.text(row, "tenant"), Sql.id(row, "fromWalletId"),
                        Sql.id(row, "toWalletId"), Sql.money(row, "amount"), Sql.text(row, "reason"),
                        Sql.text(row, "proposedBy"), row.getString("approvedBy")));
    }

    void write(Pending<UUID, CorrectionState> corrections) {
        sql.write("insert into @corrections (\"approvedBy\", updated_at, id, tenant, \"fromWalletId\", \"toWalletId\","
                + " amount, reason, \"proposedBy\", created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                corrections.added().stream().map(change -> {
                    var is = change.next();
                    return Sql.row(is.approvedBy(), change.last(), is.id(), is.tenant(), is.fromWalletId(),
                            is.toWalletId(), is.amount(), is.reason(), is.proposedBy(), change.first());
                }).toList());
        sql.write("update @corrections set \"approvedBy\" = ?, updated_at = ? where id = ?",
                corrections.updated().stream().map(
                        change -> Sql.row(change.next().approvedBy(), change.last(), change.next().id())).toList());
    }
}
