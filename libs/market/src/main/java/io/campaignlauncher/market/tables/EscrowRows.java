package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.EscrowState;
import io.campaignlauncher.market.model.EscrowStatus;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Reads and writes {@code escrows}. */
final class EscrowRows {

    private final Sql sql;

    EscrowRows(Sql sql) {
        this.sql = sql;
    }

    /** By target. */
    Map<UUID, EscrowOf> load(Collection<UUID> targetIds) {
        return sql.byId("""
                select id as escrow, "campaignTargetId" as id, "walletId", status, amount, commission
                from @escrows where "campaignTargetId" = any(?)""", targetIds,
                row -> new EscrowOf(Sql.id(row, "id"),
                        new EscrowState(Sql.id(row, "escrow"), Sql.id(row, "walletId"), Sql.money(row, "amount"),
                                Sql.money(row, "commission"), Sql.constant(EscrowStatus.class, row, "status"))));
    }

    /** A row. */
    record EscrowOf(UUID targetId, EscrowState escrow) {}

    void write(Pending<UUID, EscrowOf> escrows) {
        sql.write("""
                insert into @escrows (id, "campaignTargetId", "walletId", status, amount, commission, created_at,
                updated_at) values (?, ?, ?, ?, ?, ?, ?, ?)""", escrows.added().stream().map(change -> {
            var is = change.next().escrow();
            return Sql.row(is.id(), change.next().targetId(), is.walletId(), is.status().word(), is.amount(),
                    is.commission(), change.first(), change.last());
        }).toList());
        sql.write("update @escrows set status = ?, updated_at = ? where id = ?", escrows.updated().stream()
                .map(change -> Sql.row(change.next().escrow().status().word(), change.last(),
                        change.next().escrow().id()))
                .toList());
    }
}
