package io.campaignlauncher.identity.store;

import io.campaignlauncher.access.audit.Audit;
import io.campaignlauncher.access.audit.Caller;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.identity.model.UserRules;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Users: made, found, changed. */
public final class Users {

    private static final String FIND = "select" + User.COLUMNS + "from identity.users u where ";

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Audit audit;

    /** What becomes of somebody who is to be made or changed. */
    public sealed interface Outcome {

        record Done(User user) implements Outcome {}

        record NameTaken() implements Outcome {}

        record NoSuchUser() implements Outcome {}

        record NoInvitation() implements Outcome {}

        record Refused(UserRules.Refusal refusal) implements Outcome {}
    }

    /**
     * What is to be different; null: nothing.
     *
     * @param passwordHash of a new password
     */
    public record Change(@Nullable Set<Role> roles, @Nullable Boolean disabled, @Nullable String passwordHash) {

        /** Without the hash. */
        @Override
        public String toString() {
            return "Change[]";
        }
    }

    public Users(JdbcClient sql, TransactionTemplate transactions, Audit audit) {
        this.sql = sql;
        this.transactions = transactions;
        this.audit = audit;
    }

    public Optional<User> named(String username) {
        return sql.sql(FIND + "u.username = :name").param("name", username).query(User::of).optional();
    }

    public Optional<User> byId(UUID userId) {
        return sql.sql(FIND + "u.user_id = :id").param("id", userId).query(User::of).optional();
    }

    /**
     * By name.
     *
     * @param tenant whose users; null: of all
     * @param after  the name after which the list begins; empty: at the first
     */
    public List<User> list(@Nullable String tenant, String after, int limit) {
        return sql.sql(FIND + "u.username > :after and (:all or u.tenant = :tenant) order by u.username limit :limit")
                .param("after", after)
                .param("all", tenant == null)
                .param("tenant", tenant == null ? "" : tenant)
                .param("limit", limit)
                .query(User::of)
                .list();
    }

    /** Somebody registers. */
    public Outcome register(UUID userId, String tenant, String username, String passwordHash, Caller caller) {
        return done(() -> {
            var made = insert(userId, tenant, username, passwordHash, Role.REGISTERED);
            made.ifPresent(user -> audit.noteOf(user.userId(), user.roles(), user.tenant(), caller, "register",
                    userId.toString(), "ok"));
            return outcome(made);
        });
    }

    /** As {@link #register}, with what an invitation is good for: one user of its tenant. Where the name is taken it stays good. */
    public Outcome registerInvited(UUID userId, byte[] invitationHash, String username, String passwordHash,
            Caller caller) {
        return done(() -> {
            var tenant = sql.sql("""
                    select tenant from identity.invitations
                    where token_hash = :hash and used_by is null and expires_at > clock_timestamp() for update""")
                    .param("hash", invitationHash).query(String.class).optional();
            if (tenant.isEmpty()) {
                return new Outcome.NoInvitation();
            }
            var made = insert(userId, tenant.get(), username, passwordHash, Role.REGISTERED);
            made.ifPresent(user -> {
                sql.sql("update identity.invitations set used_by = :user where token_hash = :hash")
                        .param("user", userId).param("hash", invitationHash).update();
                audit.noteOf(user.userId(), user.roles(), user.tenant(), caller, "register", userId.toString(),
                        "invited");
            });
            return outcome(made);
        });
    }

    /** An invitation for one user of a tenant, good for some days. */
    public void invite(UUID invitationId, String tenant, byte[] invitationHash, int days, UUID by, Caller caller) {
        transactions.executeWithoutResult(_ -> {
            sql.sql("""
                    insert into identity.invitations (invitation_id, tenant, token_hash, invited_by, expires_at)
                    values (:id, :tenant, :hash, :by, clock_timestamp() + make_interval(days => :days))""")
                    .param("id", invitationId).param("tenant", tenant).param("hash", invitationHash).param("by", by)
                    .param("days", days).update();
            audit.note(caller, "invite", invitationId.toString(), "ok");
        });
    }

    /** Somebody makes a user. */
    public Outcome make(Principal actor, UUID userId, String tenant, String username, String passwordHash,
            Set<Role> roles, Caller caller) {
        return done(() -> {
            var refusal = UserRules.make(actor, roles);
            if (refusal != null) {
                audit.note(caller, "user.make", Audit.NOBODY, refusal.name());
                return new Outcome.Refused(refusal);
            }
            var made = insert(userId, tenant, username, passwordHash, roles);
            made.ifPresent(_ -> audit.note(caller, "user.make", userId.toString(), "ok"));
            return outcome(made);
        });
    }

    /** Somebody changes a user, whose access tokens and sessions end with it. */
    public Outcome change(Principal actor, UUID userId, Change change, Caller caller) {
        return done(() -> {
            // In the order of ids, so that two changes at once wait for each other and neither leaves nobody.
            var locked = sql.sql(
                    FIND + """
                            u.user_id = :id or ('super_admin' = any(u.roles) and not u.disabled) order by u.user_id for update""")
                    .param("id", userId).query(User::of).list();
            var user = locked.stream().filter(one -> one.userId().equals(userId)).findFirst();
            if (user.isEmpty() || !UserRules.sees(actor, user.get().tenant())) {
                return new Outcome.NoSuchUser();
            }
            var before = user.get();
            var roles = change.roles() == null ? before.roles() : change.roles();
            boolean disabled = change.disabled() == null ? before.disabled() : change.disabled();
            var refusal = UserRules.change(actor, userId, before.roles(), roles, disabled,
                    change.roles() == null && change.disabled() == null,
                    (int) locked.stream().filter(one -> !one.userId().equals(userId)).count());
            if (refusal != null) {
                audit.note(caller, "user.change", userId.toString(), refusal.name());
                return new Outcome.Refused(refusal);
            }
            var after = sql.sql("""
                    update identity.users u set roles = :roles, disabled = :disabled, password_hash = :hash,
                      token_version = token_version + 1
                    where u.user_id = :id returning""" + User.COLUMNS)
                    .param("roles", Rows.words(roles)).param("disabled", disabled)
                    .param("hash", change.passwordHash() == null ? before.passwordHash() : change.passwordHash())
                    .param("id", userId).query(User::of).single();
            sql.sql("update identity.sessions set revoked_at = clock_timestamp() where user_id = :id and revoked_at is null")
                    .param("id", userId).update();
            audit.note(caller, "user.change", userId.toString(), String.join(",", Role.words(roles))
                    + (disabled ? " disabled" : "") + (change.passwordHash() == null ? "" : " password"));
            return new Outcome.Done(after);
        });
    }

    /**
     * Of one's own, when the one before was right.
     *
     * @param before what it was right for
     */
    public record OwnPassword(String before, String after) {}

    /**
     * Somebody changes their own password: their access tokens and sessions end with it.
     *
     * @param change null: the password before was wrong
     * @return whether it was done: not where the password was changed by somebody else meanwhile, which stays
     */
    public boolean changeOwn(Principal actor, @Nullable OwnPassword change, Caller caller) {
        var userId = actor.userId();
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            boolean done = change != null && sql.sql("""
                    update identity.users set password_hash = :after, token_version = token_version + 1
                    where user_id = :id and password_hash = :before and not disabled""")
                    .param("after", change.after()).param("before", change.before()).param("id", userId)
                    .update() == 1;
            if (done) {
                sql.sql("update identity.sessions set revoked_at = clock_timestamp() where user_id = :id and revoked_at is null")
                        .param("id", userId).update();
            }
            audit.note(caller, "password.change", userId.toString(), done ? "ok" : "refused");
            return done;
        }));
    }

    /** A password's hash by today's costs instead of an older one's; nothing where the password was changed meanwhile. */
    public void rehash(UUID userId, String before, String after) {
        sql.sql("update identity.users set password_hash = :after where user_id = :id and password_hash = :before")
                .param("id", userId).param("before", before).param("after", after).update();
    }

    /**
     * The first super_admin, where there is none.
     *
     * @param hashOfNewPassword called where one is needed, before it is stored
     */
    public boolean makeFirst(UUID userId, String tenant, String username,
            Supplier<String> hashOfNewPassword) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            // Several instances may start at once.
            sql.sql("select pg_advisory_xact_lock(hashtext('identity.first-admin'))").query().listOfRows();
            boolean there = sql.sql("select exists (select from identity.users where 'super_admin' = any(roles))")
                    .query(Boolean.class).single();
            if (there) {
                return false;
            }
            if (insert(userId, tenant, username, hashOfNewPassword.get(), Set.of(Role.SUPER_ADMIN)).isEmpty()) {
                throw new IllegalStateException("a user is called " + username + " and is no super_admin");
            }
            audit.note(Caller.SERVICE, "user.make", userId.toString(), "first");
            return true;
        }));
    }

    private Optional<User> insert(UUID userId, String tenant, String username, String passwordHash, Set<Role> roles) {
        return sql.sql("""
                insert into identity.users as u (user_id, tenant, username, password_hash, roles)
                values (:id, :tenant, :name, :hash, :roles) on conflict (username) do nothing returning"""
                + User.COLUMNS)
                .param("id", userId).param("tenant", tenant).param("name", username).param("hash", passwordHash)
                .param("roles", Rows.words(roles)).query(User::of).optional();
    }

    private static Outcome outcome(Optional<User> made) {
        return made.<Outcome>map(Outcome.Done::new).orElseGet(Outcome.NameTaken::new);
    }

    private Outcome done(Supplier<Outcome> work) {
        return Objects.requireNonNull(transactions.execute(_ -> work.get()));
    }
}
