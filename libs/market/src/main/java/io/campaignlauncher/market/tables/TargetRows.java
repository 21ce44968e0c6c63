package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.EscrowState;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.market.model.PostState;
import io.campaignlauncher.market.model.TargetState;
import io.campaignlauncher.market.model.TargetStatus;
import io.campaignlauncher.market.tables.Pending.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code campaign_targets}. */
final class TargetRows {

    private static final String COLUMNS = "status, place, \"channelId\", text, link, photo, \"adAccountId\", request,"
            + " \"postAt\", \"publisherId\", amount, version, \"contentHash\", \"rejectedVersion\", \"rejectReason\","
            + " \"reviewDeadline\", \"approvedBy\", \"approvedVersion\", updated_at, id";
    private static final String INSERT = "insert into @campaign_targets (" + COLUMNS
            + ", \"campaignId\", tenant, created_at) values (" + "?, ".repeat(22) + "?)";
    private static final String UPDATE = "update @campaign_targets set "
            + COLUMNS.replace(", id", "").replace(",", " = ?,") + " = ? where id = ?";

    private final Sql sql;

    TargetRows(Sql sql) {
        this.sql = sql;
    }

    /** With their escrows and post jobs. */
    Map<UUID, TargetState> load(Collection<UUID> ids) {
        var escrows = new EscrowRows(sql).load(ids);
        // A post job refers to its escrow.
        var posts = new PostRows(sql, new AttemptRows(sql)).load(escrows.keySet());
        return sql.byId("select * from @campaign_targets where id = any(?)", ids, row -> {
            var escrow = escrows.get(Sql.id(row, "id"));
            var post = posts.get(Sql.id(row, "id"));
            return target(row, escrow == null ? null : escrow.escrow(), post == null ? null : post.post());
        });
    }

    private static TargetState target(ResultSet row, @Nullable EscrowState escrow, @Nullable PostState post)
            throws SQLException {
        var approvedBy = row.getString("approvedBy");
        return new TargetState(Sql.id(row, "id"), Sql.id(row, "campaignId"), Sql.text(row, "tenant"), place(row),
                row.getString("publisherId"), Sql.money(row, "amount"),
                Sql.constant(TargetStatus.class, row, "status"), row.getInt("version"), Sql.text(row, "contentHash"),
                row.getInt("rejectedVersion"), row.getString("rejectReason"), Sql.timeOrNull(row, "reviewDeadline"),
                // An approved content is not changed any more, so that its version is the one that was approved.
                approvedBy == null ? null
                        : new TargetState.Approval(approvedBy, row.getInt("version"), Sql.text(row, "approvedVersion")),
                escrow, post);
    }

    private static Place place(ResultSet row) throws SQLException {
        var postAt = Sql.timeOrNull(row, "postAt");
        return Sql.text(row, "place").equals("telegram")
                ? new Place.TelegramPost(Sql.id(row, "channelId"), Sql.text(row, "text"), row.getString("link"),
                        row.getString("photo"), postAt)
                : new Place.FacebookLaunch(Sql.text(row, "adAccountId"), Sql.text(row, "request"), postAt);
    }

    void write(Pending<UUID, TargetState> targets) {
        sql.write(INSERT, targets.added().stream().map(change -> values(change, change.next().campaignId(),
                change.next().tenant(), change.first())).toList());
        sql.write(UPDATE, targets.updated().stream().map(TargetRows::values).toList());
    }

    private static @Nullable Object[] values(Change<TargetState> change, Object... more) {
        var is = change.next();
        var approval = is.approval();
        var telegram = is.place() instanceof Place.TelegramPost post ? post : null;
        var facebook = is.place() instanceof Place.FacebookLaunch launch ? launch : null;
        var values = new ArrayList<@Nullable Object>();
        values.add(is.status().word());
        values.add(telegram != null ? "telegram" : "facebook");
        values.add(telegram == null ? null : telegram.channelId());
        values.add(telegram == null ? null : telegram.text());
        values.add(telegram == null ? null : telegram.link());
        values.add(telegram == null ? null : telegram.photo());
        values.add(facebook == null ? null : facebook.adAccountId());
        values.add(facebook == null ? null : facebook.request());
        values.add(is.place().postAt());
        values.add(is.publisherId());
        values.add(is.amount());
        values.add(is.version());
        values.add(is.contentHash());
        values.add(is.rejectedVersion());
        values.add(is.rejection());
        values.add(is.reviewDeadline());
        values.add(approval == null ? null : approval.by());
        values.add(approval == null ? null : approval.contentHash());
        values.add(change.last());
        values.add(is.id());
        values.addAll(List.of(more));
        return Sql.row(values.toArray());
    }
}
