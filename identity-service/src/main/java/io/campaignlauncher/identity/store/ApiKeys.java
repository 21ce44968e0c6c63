package io.campaignlauncher.identity.store;

import io.campaignlauncher.access.audit.Audit;
import io.campaignlauncher.access.audit.Caller;
import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.access.model.Secrets;
import io.campaignlauncher.identity.model.ApiKeyRules;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** API keys: made, listed, revoked, and recognised. What they are is shown once and stored as its hash. */
public final class ApiKeys {

    private static final String LIVE = " revoked_at is null and expires_at > clock_timestamp() ";

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Audit audit;

    /**
     * A key as its owner sees it.
     *
     * @param lastUsedAt give or take five minutes; null: never
     */
    public record Seen(UUID keyId, String name, String prefix, Set<Scope> scopes, Instant createdAt, Instant expiresAt,
            @Nullable Instant lastUsedAt) {

        static Seen of(ResultSet row, int number) throws SQLException {
            return new Seen(row.getObject("key_id", UUID.class), row.getString("name"), row.getString("prefix"),
                    Rows.scopes(row, "scopes"), Rows.required(row, "created_at"), Rows.required(row, "expires_at"),
                    Rows.time(row, "last_used_at"));
        }
    }

    /** What becomes of a key that is to be made. */
    public sealed interface Outcome {

        record Made(Seen key) implements Outcome {}

        record Refused(ApiKeyRules.Refusal refusal) implements Outcome {}
    }

    private record Found(UUID keyId, byte[] hash, Set<Scope> scopes, User owner) {}

    public ApiKeys(JdbcClient sql, TransactionTemplate transactions, Audit audit) {
        this.sql = sql;
        this.transactions = transactions;
        this.audit = audit;
    }

    public Outcome make(Principal owner, UUID keyId, ApiKeyText key, String name, Set<Scope> scopes, int days,
            Caller caller) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            // Two at once must not both be the last that there is room for.
            sql.sql("select user_id from identity.users where user_id = :user for update")
                    .param("user", owner.userId()).query().listOfRows();
            var refusal = ApiKeyRules.oneMore(live(owner.userId(), name), live(owner.userId(), null));
            if (refusal != null) {
                return new Outcome.Refused(refusal);
            }
            var made = sql
                    .sql("""
                            insert into identity.api_keys (key_id, user_id, name, prefix, key_hash, scopes, expires_at)
                            values (:id, :user, :name, :prefix, :hash, :scopes, clock_timestamp() + make_interval(days => :days))
                            returning *""")
                    .param("id", keyId).param("user", owner.userId()).param("name", name)
                    .param("prefix", key.prefix()).param("hash", Secrets.hash(key.text()))
                    .param("scopes", Scope.words(scopes).toArray(String[]::new)).param("days", days)
                    .query(Seen::of).single();
            audit.note(caller, "key.make", keyId.toString(), String.join(",", Scope.words(scopes)));
            return new Outcome.Made(made);
        }));
    }

    /** Those of a user that are good, the newest first. */
    public List<Seen> of(UUID userId) {
        return sql.sql("select * from identity.api_keys where user_id = :user and" + LIVE + "order by created_at desc")
                .param("user", userId).query(Seen::of).list();
    }

    /** Whether there was such a key of this user; one that is revoked already stays so. */
    public boolean revoke(Principal owner, UUID keyId, Caller caller) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            int there = sql.sql("""
                    update identity.api_keys set revoked_at = coalesce(revoked_at, clock_timestamp())
                    where key_id = :id and user_id = :user""")
                    .param("id", keyId).param("user", owner.userId()).update();
            if (there == 1) {
                audit.note(caller, "key.revoke", keyId.toString(), "ok");
            }
            return there == 1;
        }));
    }

    /** Who brings a key, with those of its scopes that their roles still cover; empty where it is not good. */
    public Optional<Principal> holder(ApiKeyText key) {
        var found = sql.sql("select k.key_id, k.key_hash, k.scopes," + User.COLUMNS + """
                from identity.api_keys k join identity.users u using (user_id)
                where k.prefix = :prefix and k.revoked_at is null and k.expires_at > clock_timestamp()
                  and not u.disabled""")
                .param("prefix", key.prefix())
                .query((row, number) -> new Found(row.getObject("key_id", UUID.class), row.getBytes("key_hash"),
                        Rows.scopes(row, "scopes"), User.of(row, number)))
                .optional()
                .filter(one -> MessageDigest.isEqual(one.hash(), Secrets.hash(key.text())));
        found.ifPresent(one -> sql.sql("""
                update identity.api_keys set last_used_at = clock_timestamp() where key_id = :id
                  and (last_used_at is null or last_used_at < clock_timestamp() - interval '5 minutes')""")
                .param("id", one.keyId()).update());
        return found.map(one -> {
            var owner = one.owner();
            var covered = Scope.within(owner.roles());
            return new Principal(owner.tenant(), owner.userId().toString(), owner.username(), owner.roles(),
                    new Principal.Key(
                            one.keyId(),
                            one.scopes().stream().filter(covered::contains).collect(Collectors.toUnmodifiableSet())));
        });
    }

    /** @param name null: of all names */
    private int live(UUID userId, @Nullable String name) {
        return sql
                .sql("select count(*) from identity.api_keys where user_id = :user and (:all or name = :name) and"
                        + LIVE)
                .param("user", userId).param("all", name == null).param("name", name == null ? "" : name)
                .query(Integer.class).single();
    }
}
