package io.campaignlauncher.identity.store;

import io.campaignlauncher.access.model.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A user as stored.
 *
 * @param username     lower case, of one user only, whatever the tenant
 * @param passwordHash with its algorithm and its costs
 * @param tokenVersion access tokens of any other version are worth nothing
 */
public record User(UUID userId, String tenant, String username, String passwordHash, Set<Role> roles, boolean disabled,
        int tokenVersion, Instant createdAt) {

    /** Columns that {@link #of} reads, of a table called {@code u}. */
    static final String COLUMNS = " u.user_id, u.tenant, u.username, u.password_hash, u.roles, u.disabled, u.token_version,"
            + " u.created_at ";

    public User {
        roles = Set.copyOf(roles);
    }

    static User of(ResultSet row, int number) throws SQLException {
        return new User(row.getObject("user_id", UUID.class), row.getString("tenant"), row.getString("username"),
                row.getString("password_hash"), Rows.roles(row, "roles"), row.getBoolean("disabled"),
                row.getInt("token_version"), Rows.required(row, "created_at"));
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "User[" + userId + "]";
    }
}
