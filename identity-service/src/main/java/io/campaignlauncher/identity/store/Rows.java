package io.campaignlauncher.identity.store;

import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads columns. */
final class Rows {

    private Rows() {}

    static Set<Role> roles(ResultSet row, String column) throws SQLException {
        return words(row, column, Role::named);
    }

    static Set<Scope> scopes(ResultSet row, String column) throws SQLException {
        return words(row, column, Scope::named);
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static Instant required(ResultSet row, String column) throws SQLException {
        var time = time(row, column);
        if (time == null) {
            throw new SQLException(column + " is empty");
        }
        return time;
    }

    /** For a column. */
    static String[] words(Set<Role> roles) {
        return Role.words(roles).toArray(String[]::new);
    }

    /** A word that this version does not know gives nothing. */
    private static <T> Set<T> words(ResultSet row, String column, Function<String, Optional<T>> named)
            throws SQLException {
        var words = (String[]) row.getArray(column).getArray();
        return Arrays.stream(words).map(named).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }
}
