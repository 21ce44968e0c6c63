package io.campaignlauncher.readmodel;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows for one statement, as one array a column: {@code select ... from unnest(?, ?, ...)}. */
final class RowArrays {

    /** A column of the rows. */
    record Column(String name, SqlType type) {}

    private final List<Column> columns;
    private final List<List<@Nullable String>> values = new ArrayList<>();

    RowArrays(List<Column> columns) {
        this.columns = columns;
        columns.forEach(_ -> values.add(new ArrayList<>()));
    }

    /** @param row one value a column, in their order */
    void add(@Nullable Object... row) {
        if (row.length != columns.size()) {
            throw new IllegalArgumentException(row.length + " values for " + columns.size() + " columns");
        }
        for (int i = 0; i < row.length; i++) {
            values.get(i).add(columns.get(i).type().written(row[i]));
        }
    }

    boolean isEmpty() {
        return values.getFirst().isEmpty();
    }

    /** {@code unnest(?, ...) as rows(name, ...)}. */
    static String unnest(List<Column> columns) {
        return "unnest("
                + columns.stream().map(c -> "?::" + c.type().sqlName() + "[]").collect(Collectors.joining(", "))
                + ") as rows(" + names(columns, "") + ")";
    }

    static String names(List<Column> columns, String prefix) {
        return columns.stream().map(c -> prefix + c.name()).collect(Collectors.joining(", "));
    }

    /** {@code name = rows.name, ...}. */
    static String assignments(List<Column> columns) {
        return columns.stream().map(c -> c.name() + " = rows." + c.name()).collect(Collectors.joining(", "));
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            statement.setArray(i + 1, statement.getConnection()
                    .createArrayOf(columns.get(i).type().sqlName(), values.get(i).toArray(String[]::new)));
        }
    }
}
