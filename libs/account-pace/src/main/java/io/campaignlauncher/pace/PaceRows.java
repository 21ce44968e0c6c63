package io.campaignlauncher.pace;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of the table {@code creator.account_pace}, for statements that read or lock it beside something else. */
public final class PaceRows {

    private static final String SAVE = """
            UPDATE creator.account_pace AS p SET window_end = v.window_end, used = v.used
            FROM unnest(?::text[], ?::text[]::timestamptz[], ?::int[]) AS v (account_id, window_end, used)
            WHERE p.account_id = v.account_id
            """;

    private PaceRows() {}

    /** From the columns {@code window_end} and {@code used}. */
    public static AccountPace pace(ResultSet row) throws SQLException {
        var end = row.getObject("window_end", OffsetDateTime.class);
        return new AccountPace(end == null ? null : end.toInstant(), row.getInt("used"));
    }

    /** From a column of seconds. */
    public static Duration seconds(ResultSet row, String column) throws SQLException {
        return Duration.ofNanos((long) (row.getDouble(column) * 1e9));
    }

    /** Writes back paces, by account, whose rows this transaction has locked. */
    public static void save(JdbcClient jdbc, Map<String, AccountPace> paces) {
        var rows = List.copyOf(paces.entrySet());
        jdbc.sql(SAVE)
                .param(rows.stream().map(Map.Entry::getKey).toArray(String[]::new))
                .param(rows.stream().map(row -> String.valueOf(row.getValue().windowEnd()))
                        .toArray(String[]::new))
                .param(rows.stream().map(row -> row.getValue().used()).toArray(Integer[]::new))
                .update();
    }
}
