package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.Attempt;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.tables.PostRows.Post;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code post_attempts} and {@code surplus_posts}. */
final class AttemptRows {

    private final Sql sql;
    private final List<@Nullable Object[]> newSurplus = new ArrayList<>();

    AttemptRows(Sql sql) {
        this.sql = sql;
    }

    /** A row. @param place among the starts of its job, from 1 */
    record AttemptOf(UUID postJobId, int place, Attempt attempt) {

        Key key() {
            return new Key(postJobId, attempt.number());
        }
    }

    record Key(UUID postJobId, int number) {}

    /** By target, in the order in which they were started. */
    Map<UUID, List<Attempt>> attempts(Collection<UUID> targetIds) {
        return sql.lists("""
                select j."campaignTargetId" as id, a.attempt, a.outcome
                from @post_attempts a join @post_jobs j on j.id = a."postJobId"
                where j."campaignTargetId" = any(?) order by a.number""", targetIds,
                row -> new Attempt(row.getInt("attempt"), Sql.constant(Attempt.Outcome.class, row, "outcome")));
    }

    /** By target, in the order in which they were found. */
    Map<UUID, List<Message>> surplus(Collection<UUID> targetIds) {
        return sql.lists("""
                select j."campaignTargetId" as id, s."chatId", s."messageId", s.link
                from @surplus_posts s join @post_jobs j on j.id = s."postJobId"
                where j."campaignTargetId" = any(?) order by s.number""", targetIds, PostRows::message);
    }

    void addSurplus(Post post, Instant at) {
        var all = post.post().surplus();
        var message = all.getLast();
        newSurplus.add(Sql.row(post.post().id(), message.chatId(), message.messageId(), message.link(), all.size(),
                at));
    }

    void write(Pending<Key, AttemptOf> attempts) {
        sql.write("""
                insert into @post_attempts ("postJobId", attempt, outcome, number, created_at, updated_at)
                values (?, ?, ?, ?, ?, ?)""",
                attempts.added().stream().map(change -> {
                    var is = change.next();
                    return Sql.row(is.postJobId(), is.attempt().number(), is.attempt().outcome().word(),
                            is.place(), change.first(), change.last());
                }).toList());
        sql.write("update @post_attempts set outcome = ?, updated_at = ? where \"postJobId\" = ? and attempt = ?",
                attempts.updated().stream().map(change -> Sql.row(change.next().attempt().outcome().word(),
                        change.last(), change.next().postJobId(), change.next().attempt().number())).toList());
        sql.write("""
                insert into @surplus_posts ("postJobId", "chatId", "messageId", link, number, created_at)
                values (?, ?, ?, ?, ?, ?)""", newSurplus);
        newSurplus.clear();
    }
}
