package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.model.PostState;
import io.campaignlauncher.market.model.PostStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code post_jobs}. */
final class PostRows {

    private final Sql sql;
    private final AttemptRows attempts;

    PostRows(Sql sql, AttemptRows attempts) {
        this.sql = sql;
        this.attempts = attempts;
    }

    /** A row. @param launchJobId the job of a launch that is started; null: as it was */
    record Post(UUID targetId, PostState post, @Nullable UUID launchJobId) {}

    /** By target, whole. */
    Map<UUID, Post> load(Collection<UUID> targetIds) {
        var started = attempts.attempts(targetIds);
        var surplus = attempts.surplus(targetIds);
        return sql.byId(
                """
                        select id as job, "campaignTargetId" as id, status, "contentHash", deadline, "chatId", "messageId",
                        link, failure, "lookedAt", missing, suspicion, decided from @post_jobs where "campaignTargetId" = any(?)""",
                targetIds,
                row -> {
                    var target = Sql.id(row, "id");
                    return new Post(target, new PostState(Sql.id(row, "job"),
                            Sql.constant(PostStatus.class, row, "status"), Sql.text(row, "contentHash"),
                            Sql.time(row, "deadline"), started.getOrDefault(target, List.of()),
                            row.getObject("messageId") == null ? null : message(row), row.getString("failure"),
                            Sql.timeOrNull(row, "lookedAt"), row.getBoolean("missing"),
                            surplus.getOrDefault(target, List.of()), row.getString("suspicion"),
                            row.getObject("decided", Boolean.class)), null);
                });
    }

    static Message message(ResultSet row) throws SQLException {
        return new Message(row.getLong("chatId"), row.getLong("messageId"), Sql.text(row, "link"));
    }

    void write(Pending<UUID, Post> posts) {
        sql.write(
                """
                        insert into @post_jobs (status, "chatId", "messageId", link, failure, "lookedAt", missing, suspicion, decided,
                        "launchJobId", updated_at, id, "campaignTargetId", "contentHash", deadline, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                posts.added().stream().map(change -> values(change.next(), change.last(),
                        change.next().targetId(), change.next().post().contentHash(), change.next().post().deadline(),
                        change.first())).toList());
        sql.write(
                """
                        update @post_jobs set status = ?, "chatId" = ?, "messageId" = ?, link = ?, failure = ?, "lookedAt" = ?,
                        missing = ?, suspicion = ?, decided = ?, "launchJobId" = coalesce(?, "launchJobId"), updated_at = ? where id = ?""",
                posts.updated().stream().map(change -> values(change.next(), change.last())).toList());
    }

    private static @Nullable Object[] values(Post row, Instant last, Object... more) {
        var is = row.post();
        var message = is.message();
        var values = new ArrayList<@Nullable Object>();
        values.add(is.status().word());
        values.add(message == null ? null : message.chatId());
        values.add(message == null ? null : message.messageId());
        values.add(message == null ? null : message.link());
        values.add(is.failure());
        values.add(is.lookedAt());
        values.add(is.missing());
        values.add(is.suspicion());
        values.add(is.decided());
        values.add(row.launchJobId());
        values.add(last);
        values.add(is.id());
        values.addAll(List.of(more));
        return Sql.row(values.toArray());
    }
}
