package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.CampaignState;
import io.campaignlauncher.market.model.CampaignStatus;
import io.campaignlauncher.market.tables.Pending.Change;
import io.campaignlauncher.market.model.Locks.Lock;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Reads and writes {@code campaigns}. */
final class CampaignRows {

    private final Sql sql;

    CampaignRows(Sql sql) {
        this.sql = sql;
    }

    Map<UUID, CampaignState> load(Collection<UUID> ids, Lock lock) {
        return sql.byId("select * from @campaigns where id = any(?)" + Sql.suffix(lock), ids,
                row -> new CampaignState(Sql.id(row, "id"), Sql.text(row, "tenant"), Sql.text(row, "advertiserId"),
                        Sql.text(row, "name"), Sql.money(row, "totalBudget"),
                        Sql.constant(CampaignStatus.class, row, "status")));
    }

    void write(Pending<UUID, CampaignState> campaigns) {
        sql.write("insert into @campaigns (status, updated_at, id, tenant, \"advertiserId\", name, \"totalBudget\","
                + " created_at) values (?, ?, ?, ?, ?, ?, ?, ?)", campaigns.added().stream().map(change -> {
                    var is = change.next();
                    return Sql.row(is.status().word(), change.last(), is.id(), is.tenant(), is.advertiserId(),
                            is.name(), is.totalBudget(), change.first());
                }).toList());
        sql.write("update @campaigns set status = ?, updated_at = ? where id = ?",
                campaigns.updated().stream().map(CampaignRows::updated).toList());
    }

    private static Object[] updated(Change<CampaignState> change) {
        return Sql.row(change.next().status().word(), change.last(), change.next().id());
    }
}
