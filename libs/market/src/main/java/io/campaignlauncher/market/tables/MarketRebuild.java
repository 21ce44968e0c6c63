package io.campaignlauncher.market.tables;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the tables from the events anew. */
public final class MarketRebuild {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final String schema;

    /** @param schema where the tables are, as SQL writes it */
    public MarketRebuild(DataSource dataSource, String schema) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.schema = schema;
    }

    /**
     * Makes the tables anew, in one transaction: who reads sees the old rows until its end, who writes waits for it. Where it fails, the
     * tables are as they were.
     *
     * @param history is read once the writers are shut out, so that nothing is missing in it
     */
    public void rebuild(EventHistory history) {
        transaction.executeWithoutResult(_ -> {
            // The guards stand in the way of emptying the tables, and are there again before the first row.
            DerivedTable.ALL.forEach(
                    table -> jdbc.execute("alter table " + schema + "." + table.name() + " disable trigger user"));
            DerivedTable.ALL.reversed().forEach(table -> jdbc.update("delete from " + schema + "." + table.name()));
            DerivedTable.ALL.forEach(
                    table -> jdbc.execute("alter table " + schema + "." + table.name() + " enable trigger user"));
            history.read(new MarketTables(jdbc, schema)::apply);
        });
    }
}
