package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.ChannelState;
import java.sql.ResultSet;
import java.sql.SQLException;
import io.campaignlauncher.market.model.Locks.Lock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads and writes {@code channels}. */
final class ChannelRows {

    private final Sql sql;

    ChannelRows(Sql sql) {
        this.sql = sql;
    }

    Map<UUID, ChannelState> load(Collection<UUID> ids, Lock lock) {
        return sql.byId("select * from @channels where id = any(?)" + Sql.suffix(lock), ids,
                row -> new ChannelState(Sql.id(row, "id"), Sql.text(row, "tenant"), Sql.text(row, "publisherId"),
                        row.getLong("chatId"), Sql.text(row, "chat"), Sql.text(row, "title"), Sql.money(row, "price"),
                        lacking(row)));
    }

    private static List<String> lacking(ResultSet row) throws SQLException {
        return List.of((String[]) row.getArray("lacking").getArray());
    }

    void write(Pending<UUID, ChannelState> channels) {
        sql.write("insert into @channels (title, price, status, lacking, updated_at, id, tenant, \"publisherId\","
                + " \"chatId\", chat, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                channels.added().stream().map(change -> {
                    var is = change.next();
                    return Sql.row(is.title(), is.price(), is.statusWord(), lacking(is), change.last(), is.id(),
                            is.tenant(), is.publisherId(), is.chatId(), is.chat(), change.first());
                }).toList());
        sql.write("update @channels set title = ?, price = ?, status = ?, lacking = ?, updated_at = ? where id = ?",
                channels.updated().stream().map(change -> {
                    var is = change.next();
                    return Sql.row(is.title(), is.price(), is.statusWord(), lacking(is), change.last(), is.id());
                }).toList());
    }

    private static String[] lacking(ChannelState channel) {
        return channel.lacking().toArray(String[]::new);
    }
}
