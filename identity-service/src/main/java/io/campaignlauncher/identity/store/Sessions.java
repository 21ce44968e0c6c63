package io.campaignlauncher.identity.store;

import io.campaignlauncher.access.audit.Audit;
import io.campaignlauncher.access.audit.Caller;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Secrets;
import io.campaignlauncher.identity.model.RefreshRules;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sessions and their refresh tokens. A token is claimed before the next is made, by one statement, so of two that bring it at once
 * one is late; and that a session ends because a used token came again is committed although the caller is refused.
 */
public final class Sessions {

    /** Of one user; the oldest of more end. */
    static final int LIVE_PER_USER_MAX = 20;

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Audit audit;
    private final Duration idleMax;
    private final Duration sessionMax;

    /** A session with the token by which it goes on. */
    public record Opened(User user, UUID sessionId) {}

    /** A session as its user sees it. */
    public record Seen(UUID sessionId, Instant createdAt, Instant lastUsedAt, Instant expiresAt) {}

    private record Claimed(UUID tokenId, UUID sessionId, UUID userId, Instant now, Instant sessionExpiry) {}

    private record Known(@Nullable Instant usedAt, UUID sessionId, UUID userId) {}

    /**
     * @param idleMax    how long a refresh token is good
     * @param sessionMax how long a session lives, however often it is refreshed
     */
    public Sessions(JdbcClient sql, TransactionTemplate transactions, Audit audit, Duration idleMax,
            Duration sessionMax) {
        this.sql = sql;
        this.transactions = transactions;
        this.audit = audit;
        this.idleMax = idleMax;
        this.sessionMax = sessionMax;
    }

    /**
     * After a log-in; empty where the user was locked out or changed since the password was read.
     *
     * @param tokenHash of its first refresh token
     */
    public Optional<Opened> open(User user, UUID sessionId, UUID tokenId, byte[] tokenHash, Caller caller) {
        return done(() -> {
            var now = locked(user.userId(), "no key update").filter(
                    found -> !found.disabled() && found.tokenVersion() == user.tokenVersion());
            if (now.isEmpty()) {
                return Optional.empty();
            }
            tidy(user.userId());
            var time = time();
            var sessionExpiry = time.plus(sessionMax);
            sql.sql("insert into identity.sessions (session_id, user_id, expires_at) values (:id, :user, :expiry)")
                    .param("id", sessionId).param("user", user.userId()).param("expiry", at(sessionExpiry)).update();
            insert(tokenId, sessionId, tokenHash, RefreshRules.expiry(time, idleMax, sessionExpiry));
            var holder = now.get();
            audit.noteOf(holder.userId(), holder.roles(), holder.tenant(), caller, "log-in", user.userId().toString(),
                    "ok");
            return Optional.of(new Opened(now.get(), sessionId));
        });
    }

    /** Uses a token up and puts the next in its place; empty where it is not good, whatever the reason: the audit has it. */
    public Optional<Opened> rotate(String token, UUID nextId, byte[] nextHash, Caller caller) {
        var hash = Secrets.hash(token);
        return done(() -> {
            var claimed = claim(hash, nextId);
            if (claimed.isEmpty()) {
                refused(hash, caller);
                return Optional.empty();
            }
            var claim = claimed.get();
            var user = locked(claim.userId(), "share").filter(found -> !found.disabled());
            if (user.isEmpty()) {
                return Optional.empty();
            }
            insert(nextId, claim.sessionId(), nextHash,
                    RefreshRules.expiry(claim.now(), idleMax, claim.sessionExpiry()));
            return Optional.of(new Opened(user.get(), claim.sessionId()));
        });
    }

    private Optional<Claimed> claim(byte[] hash, UUID nextId) {
        return sql.sql("""
                update identity.refresh_tokens t set used_at = clock_timestamp(), replaced_by = :next
                from identity.sessions s
                where t.token_hash = :hash and t.used_at is null and t.expires_at > clock_timestamp()
                  and s.session_id = t.session_id and s.revoked_at is null and s.expires_at > clock_timestamp()
                returning t.token_id, t.session_id, s.user_id, t.used_at, s.expires_at as session_expiry""")
                .param("hash", hash).param("next", nextId)
                .query((row, _) -> new Claimed(row.getObject("token_id", UUID.class),
                        row.getObject("session_id", UUID.class), row.getObject("user_id", UUID.class),
                        Rows.required(row, "used_at"), Rows.required(row, "session_expiry")))
                .optional();
    }

    private void refused(byte[] hash, Caller caller) {
        var known = sql.sql("""
                select t.used_at, t.session_id, s.user_id from identity.refresh_tokens t
                join identity.sessions s using (session_id) where t.token_hash = :hash""")
                .param("hash", hash)
                .query((row, _) -> new Known(Rows.time(row, "used_at"), row.getObject("session_id", UUID.class),
                        row.getObject("user_id", UUID.class)))
                .optional();
        switch (RefreshRules.unclaimed(known.isPresent(), known.map(Known::usedAt).orElse(null))) {
            case UNKNOWN -> audit.note(caller, "refresh", Audit.NOBODY, "unknown");
            case OVER -> audit.note(caller, "refresh", known.orElseThrow().userId().toString(), "over");
            case USED_BEFORE -> {
                revoke(known.orElseThrow().sessionId());
                audit.note(caller, "refresh_reuse_detected", known.get().userId().toString(),
                        "session " + known.get().sessionId() + " ended");
            }
        }
    }

    /** The user's session ends. */
    public void end(Principal principal, UUID sessionId, Caller caller) {
        transactions.executeWithoutResult(_ -> {
            revoke(sessionId);
            audit.note(caller, "log-out", principal.userId().toString(), "session " + sessionId);
        });
    }

    /** All of a user's sessions end, and their access tokens with them. */
    public void endAll(Principal principal, Caller caller) {
        transactions.executeWithoutResult(_ -> {
            sql.sql("update identity.users set token_version = token_version + 1 where user_id = :user")
                    .param("user", principal.userId()).update();
            sql.sql("update identity.sessions set revoked_at = clock_timestamp() where user_id = :user and revoked_at is null")
                    .param("user", principal.userId()).update();
            audit.note(caller, "log-out-all", principal.userId().toString(), "ok");
        });
    }

    /** Those that go on, the newest first. */
    public List<Seen> of(UUID userId) {
        return sql
                .sql("""
                        select s.session_id, s.created_at, s.expires_at,
                          (select max(t.issued_at) from identity.refresh_tokens t where t.session_id = s.session_id) as last_used_at
                        from identity.sessions s
                        where s.user_id = :user and s.revoked_at is null and s.expires_at > clock_timestamp()
                        order by s.created_at desc limit :limit""")
                .param("user", userId).param("limit", LIVE_PER_USER_MAX)
                .query((row, _) -> new Seen(row.getObject("session_id", UUID.class), Rows.required(row, "created_at"),
                        Rows.required(row, "last_used_at"), Rows.required(row, "expires_at")))
                .list();
    }

    /** The user whom an access token of this session is about, as they are now; empty where the token is worth nothing any more. */
    public Optional<User> holder(UUID userId, UUID sessionId, int tokenVersion) {
        return sql.sql("select" + User.COLUMNS + """
                from identity.users u join identity.sessions s using (user_id)
                where u.user_id = :user and s.session_id = :session and u.token_version = :version and not u.disabled
                  and s.revoked_at is null and s.expires_at > clock_timestamp()""")
                .param("user", userId).param("session", sessionId).param("version", tokenVersion)
                .query(User::of).optional();
    }

    /** What is over for a week is forgotten, and the oldest of too many end. */
    private void tidy(UUID userId) {
        sql.sql("delete from identity.sessions where user_id = :user and expires_at < clock_timestamp() - interval '7 days'")
                .param("user", userId).update();
        sql.sql("""
                update identity.sessions set revoked_at = clock_timestamp() where session_id in (
                  select session_id from identity.sessions where user_id = :user and revoked_at is null
                  order by created_at desc offset :kept)""")
                .param("user", userId).param("kept", LIVE_PER_USER_MAX - 1).update();
    }

    private void revoke(UUID sessionId) {
        sql.sql("update identity.sessions set revoked_at = clock_timestamp() where session_id = :id and revoked_at is null")
                .param("id", sessionId).update();
    }

    private void insert(UUID tokenId, UUID sessionId, byte[] hash, Instant expiry) {
        sql.sql("""
                insert into identity.refresh_tokens (token_id, session_id, token_hash, expires_at)
                values (:id, :session, :hash, :expiry)""")
                .param("id", tokenId).param("session", sessionId).param("hash", hash).param("expiry", at(expiry))
                .update();
    }

    /**
     * Held against a change until the transaction ends: a session that began beside it would outlive it.
     *
     * @param how one log-in at a time, or beside other refreshes
     */
    private Optional<User> locked(UUID userId, String how) {
        return sql.sql("select" + User.COLUMNS + "from identity.users u where u.user_id = :id for " + how)
                .param("id", userId).query(User::of).optional();
    }

    private Instant time() {
        return sql.sql("select clock_timestamp() as now").query((row, _) -> Rows.required(row, "now")).single();
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private Optional<Opened> done(Supplier<Optional<Opened>> work) {
        return Objects.requireNonNull(transactions.execute(_ -> work.get()));
    }
}
