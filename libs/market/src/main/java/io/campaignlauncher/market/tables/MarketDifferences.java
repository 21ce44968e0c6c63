package io.campaignlauncher.market.tables;

import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells where the tables differ from what the events say. Both are read in one snapshot, which changes nothing and holds up nobody: the
 * events are folded into temporary tables of the connection.
 */
public final class MarketDifferences {

    private static final String SIDE = "pg_temp";
    private static final int FETCH_ROWS = 1_000;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate snapshot;
    private final String schema;

    /**
     * @param dataSource gives the same connection each time
     * @param schema     where the tables are, as SQL writes it
     */
    public MarketDifferences(DataSource dataSource, String schema) {
        jdbc = new JdbcTemplate(dataSource);
        jdbc.setFetchSize(FETCH_ROWS);
        snapshot = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
        this.schema = schema;
    }

    /**
     * Tells each difference, table by table; none where all is well.
     *
     * @param history read over the same connection, in the snapshot
     */
    public void tell(EventHistory history, Consumer<TableDifference> found) {
        try {
            // Where nothing else may be written, temporary tables may; but they cannot be made there.
            DerivedTable.ALL.forEach(table -> jdbc.execute("create temp table %s (like %s.%s including indexes)"
                    .formatted(table.name(), schema, table.name())));
            snapshot.executeWithoutResult(status -> {
                status.setRollbackOnly();
                fold(history);
                DerivedTable.ALL.forEach(table -> compare(table, found));
            });
        } finally {
            DerivedTable.ALL.forEach(table -> jdbc.execute("drop table if exists " + SIDE + "." + table.name()));
        }
    }

    private void fold(EventHistory history) {
        // A plan that was made while the tables were empty would go through all rows, however many there are by now.
        jdbc.execute("set local enable_seqscan = off");
        history.read(new MarketTables(jdbc, SIDE)::apply);
        jdbc.execute("set local enable_seqscan = on");
    }

    private void compare(DerivedTable table, Consumer<TableDifference> found) {
        var rows = "select %s::text as row_key, to_jsonb(t) as content from %s.%s t";
        jdbc.query(
                """
                        select row_key, name, is_value, should_value from (
                            select row_key, live.content as is_row, fresh.content as should_row
                            from (%s) live full join (%s) fresh using (row_key)
                            where live.content is distinct from fresh.content) differing
                        cross join lateral (
                            select null, case when is_row is not null then 'there' end, case when should_row is not null then 'there' end
                            where is_row is null or should_row is null
                            union all
                            select name, is_row ->> name, should_row ->> name from jsonb_object_keys(is_row) name
                            where should_row is not null and is_row -> name is distinct from should_row -> name
                        ) places (name, is_value, should_value) order by row_key, name"""
                        .formatted(rows.formatted(table.key(), schema, table.name()),
                                rows.formatted(table.key(), SIDE, table.name())),
                row -> {
                    found.accept(new TableDifference(table.name(), Sql.text(row, "row_key"), row.getString("name"),
                            row.getString("is_value"), row.getString("should_value")));
                });
    }
}
