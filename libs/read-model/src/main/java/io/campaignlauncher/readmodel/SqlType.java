package io.campaignlauncher.readmodel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The column types of the read model, and how a value goes in and comes out. Times have microseconds, as PostgreSQL has. */
public enum SqlType {
    TEXT("text"), INT("int4"), BIGINT("int8"), BOOLEAN("bool"), TIME("timestamptz"), JSON("jsonb"), UUID("uuid");

    private final String sqlName;

    SqlType(String sqlName) {
        this.sqlName = sqlName;
    }

    String sqlName() {
        return sqlName;
    }

    /** The value as PostgreSQL reads it; texts lose the character that PostgreSQL cannot hold. */
    @Nullable
    String written(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case JsonNode json -> Json.written(json);
            case String text -> Json.clean(text);
            default -> value.toString();
        };
    }

    /** Whether the column would hold the same for both. */
    boolean same(@Nullable Object one, @Nullable Object other) {
        if (this != JSON || one == null || other == null) {
            return Objects.equals(written(one), written(other));
        }
        // By way of their texts: a number in memory knows whether it is an int or a long.
        return Json.read(Json.written((JsonNode) one)).equals(Json.read(Json.written((JsonNode) other)));
    }

    public @Nullable Object read(ResultSet row, String column) throws SQLException {
        return switch (this) {
            case TEXT -> row.getString(column);
            case INT -> row.getObject(column, Integer.class);
            case BIGINT -> row.getObject(column, Long.class);
            case BOOLEAN -> row.getObject(column, Boolean.class);
            case TIME -> instant(row, column);
            case JSON -> {
                var text = row.getString(column);
                yield text == null ? null : Json.read(text);
            }
            case UUID -> row.getObject(column, UUID.class);
        };
    }

    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
