package io.campaignlauncher.identity.store;

import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.schemas.ApiKeyStored;
import io.campaignlauncher.schemas.SessionEnded;
import io.campaignlauncher.schemas.UserTokensEnded;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What other services have to learn of and have not been told yet. One at a time of all instances tells it, in the order of the
 * changes, and always as it is now; what it did not come to say that it told is told again.
 */
public final class AccessChanges {

    private static final int AT_ONCE_MAX = 200;

    private final JdbcClient sql;
    private final TransactionTemplate transactions;

    /**
     * Something as it is now.
     *
     * @param key     of the topic
     * @param change  the number of its latest change
     * @param message null: there is no such thing any more
     */
    public record Change(String key, long change, @Nullable SpecificRecord message) {}

    private record Mark(String key, String kind, UUID subject, long change, Instant neededUntil) {}

    public AccessChanges(JdbcClient sql, TransactionTemplate transactions) {
        this.sql = sql;
        this.transactions = transactions;
    }

    /** Whether something waits to be told. */
    public boolean isPending() {
        return sql.sql("select exists (select from identity.access_changes where change > published)")
                .query(Boolean.class).single();
    }

    /**
     * Tells some of what was committed and not yet told.
     *
     * @param tell returns when they are told, or throws, and then they still wait
     * @return whether there may be more
     */
    public boolean tellNext(Consumer<List<Change>> tell) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            oneAtATime();
            var marks = marks("change > published order by change");
            if (marks.isEmpty()) {
                return false;
            }
            tell.accept(marks.stream().map(mark -> new Change(mark.key(), mark.change(), current(mark))).toList());
            // What has changed meanwhile has a later number and goes on waiting.
            marks.forEach(mark -> sql.sql("update identity.access_changes set published = :change where key = :key")
                    .param("change", mark.change()).param("key", mark.key()).update());
            return marks.size() == AT_ONCE_MAX;
        }));
    }

    /**
     * Lets go of what no token and no key needs any more.
     *
     * @param tell as for {@link #tellNext}
     */
    public void forgetSome(Consumer<List<Change>> tell) {
        transactions.executeWithoutResult(_ -> {
            oneAtATime();
            var marks = marks("gone_after < clock_timestamp() and change <= published order by gone_after");
            if (!marks.isEmpty()) {
                tell.accept(marks.stream().map(mark -> new Change(mark.key(), mark.change(), null)).toList());
                marks.forEach(
                        mark -> sql.sql("delete from identity.access_changes where key = :key and change = :change")
                                .param("key", mark.key()).param("change", mark.change()).update());
            }
        });
    }

    private void oneAtATime() {
        sql.sql("select pg_advisory_xact_lock(hashtext('identity.access-changes'))").query().listOfRows();
    }

    private List<Mark> marks(String which) {
        return sql.sql("select key, kind, subject, change, gone_after from identity.access_changes where " + which
                + " limit " + AT_ONCE_MAX)
                .query((row, _) -> new Mark(row.getString("key"), row.getString("kind"),
                        row.getObject("subject", UUID.class), row.getLong("change"), Rows.required(row, "gone_after")))
                .list();
    }

    private @Nullable SpecificRecord current(Mark mark) {
        return switch (mark.kind()) {
            case "session" -> new SessionEnded(mark.subject().toString(), mark.neededUntil());
            case "user" -> user(mark);
            default -> key(mark.subject());
        };
    }

    private @Nullable SpecificRecord user(Mark mark) {
        return sql.sql("select" + User.COLUMNS + "from identity.users u where u.user_id = :id")
                .param("id", mark.subject()).query(User::of).optional()
                .map(user -> new UserTokensEnded(user.userId().toString(), user.tokenVersion(), user.disabled(),
                        mark.neededUntil()))
                .orElse(null);
    }

    private @Nullable SpecificRecord key(UUID keyId) {
        return sql.sql("select k.prefix, k.key_hash, k.scopes, k.expires_at," + User.COLUMNS + """
                from identity.api_keys k join identity.users u using (user_id)
                where k.key_id = :id and k.revoked_at is null and not u.disabled""")
                .param("id", keyId)
                .query((row, number) -> {
                    var owner = User.of(row, number);
                    return new ApiKeyStored(keyId.toString(), row.getString("prefix"),
                            ByteBuffer.wrap(Objects.requireNonNull(row.getBytes("key_hash"))), owner.tenant(),
                            owner.userId().toString(), owner.username(), Role.words(owner.roles()),
                            Scope.words(Rows.scopes(row, "scopes")), Rows.required(row, "expires_at"));
                })
                .optional().orElse(null);
    }
}
