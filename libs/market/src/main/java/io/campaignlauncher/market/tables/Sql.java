package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.Locks.Lock;
import io.campaignlauncher.market.model.Money;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** Statements on the tables of one schema. */
final class Sql {

    private final JdbcTemplate jdbc;
    private final String schema;

    Sql(JdbcTemplate jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /** A value of a row as it comes out. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** {@code @} before a table stands for the schema. */
    private String text(String statement) {
        return statement.replace("@", schema + ".");
    }

    /** Rows by a column of ids. @param statement with one {@code any(?)} */
    <T> List<T> list(String statement, Collection<UUID> ids, Reader<T> reader) {
        RowMapper<T> mapper = (row, _) -> reader.read(row);
        return ids.isEmpty() ? List.of()
                : jdbc.query(text(statement), s -> s.setArray(1, uuids(s.getConnection(), ids)), mapper);
    }

    <T> Map<UUID, T> byId(String statement, Collection<UUID> ids, Reader<T> reader) {
        var found = new HashMap<UUID, T>();
        list(statement, ids, row -> found.put(id(row, "id"), reader.read(row)));
        return found;
    }

    <T> Map<UUID, List<T>> lists(String statement, Collection<UUID> ids, Reader<T> reader) {
        var found = new HashMap<UUID, List<T>>();
        list(statement, ids,
                row -> found.computeIfAbsent(id(row, "id"), _ -> new ArrayList<>()).add(reader.read(row)));
        return found;
    }

    /** What a select ends with that locks its rows, in the order in which everybody locks them. */
    static String suffix(Lock lock) {
        return switch (lock) {
            case NONE -> "";
            case SHARE -> " order by id for share";
            case CHANGE -> " order by id for update";
        };
    }

    /** One value. @param statement gives one row */
    <T> T one(Class<T> type, String statement, Object... values) {
        return Objects.requireNonNull(jdbc.queryForObject(text(statement), type, Sql.row(values)));
    }

    /** Rows by some values. */
    <T> List<T> rows(String statement, Reader<T> reader, Object... values) {
        RowMapper<T> mapper = (row, _) -> reader.read(row);
        return jdbc.query(text(statement), mapper, Sql.row(values));
    }

    /** The same statement for many rows, in one batch. */
    void write(String statement, List<@Nullable Object[]> rows) {
        if (!rows.isEmpty()) {
            jdbc.batchUpdate(text(statement), rows);
        }
    }

    /** Values of a row as the driver takes them. */
    static @Nullable Object[] row(@Nullable Object... values) {
        var row = new @Nullable Object[values.length];
        for (int i = 0; i < values.length; i++) {
            row[i] = switch (values[i]) {
                case Instant time -> time.atOffset(ZoneOffset.UTC);
                case Money money -> money.amount();
                case null -> null;
                default -> values[i];
            };
        }
        return row;
    }

    static UUID id(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class));
    }

    static @Nullable UUID idOrNull(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    static Money money(ResultSet row, String column) throws SQLException {
        return new Money(Objects.requireNonNull(row.getObject(column, BigDecimal.class)));
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(timeOrNull(row, column));
    }

    static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** A constant by the word that the table has for it. */
    static <E extends Enum<E>> E constant(Class<E> type, ResultSet row, String column) throws SQLException {
        return Enum.valueOf(type, text(row, column).toUpperCase(Locale.ROOT));
    }

    private static java.sql.Array uuids(Connection connection, Collection<UUID> ids) throws SQLException {
        return connection.createArrayOf("uuid", ids.toArray(UUID[]::new));
    }
}
