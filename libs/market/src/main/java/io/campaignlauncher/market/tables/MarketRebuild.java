package io.campaignlauncher.market.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the tables from the events anew, and tells where they differ from them. Kill switches and their history are no part of it: they
 * follow from no event.
 */
public final class MarketRebuild {

    /** Differences that are told at most. */
    public static final int FOUND_MAX = 100;

    private static final String SIDE = "market_rebuild";
    private static final List<String> SCRIPTS = List.of("V1__market.sql", "V3__launch_jobs.sql");
    /** Each after those that it refers to. */
    private static final List<Derived> TABLES = List.of(new Derived("wallets", "t.id"),
            new Derived("campaigns", "t.id"),
            new Derived("channels", "t.id"), new Derived("campaign_targets", "t.id"), new Derived("escrows", "t.id"),
            new Derived("post_jobs", "t.id"),
            new Derived("post_attempts", "concat_ws(' ', t.\"postJobId\", t.attempt)"),
            new Derived("surplus_posts", "concat_ws(' ', t.\"postJobId\", t.number)"),
            new Derived("ledger_transactions", "t.id"), new Derived("ledger_entries", "t.id"),
            new Derived("corrections", "t.id"), new Derived("user_audit_logs", "t.id"));

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final String schema;

    /** A table that follows from the events. @param key of its rows, as SQL */
    private record Derived(String name, String key) {}

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
            TABLES.forEach(
                    table -> jdbc.execute("alter table " + schema + "." + table.name() + " disable trigger user"));
            TABLES.reversed().forEach(table -> jdbc.update("delete from " + schema + "." + table.name()));
            TABLES.forEach(
                    table -> jdbc.execute("alter table " + schema + "." + table.name() + " enable trigger user"));
            fold(schema, history);
        });
    }

    /**
     * Where the tables differ from what the events say, a line for each row, at most {@link #FOUND_MAX}; none where all is well. What an
     * event comes for meanwhile may show up too.
     */
    public List<String> differences(EventHistory history) {
        return Objects.requireNonNull(transaction.execute(status -> {
            // The tables at the side go with the transaction.
            status.setRollbackOnly();
            create(jdbc, SIDE);
            fold(SIDE, history);
            var found = new ArrayList<String>();
            TABLES.forEach(table -> found.addAll(differences(table, FOUND_MAX - found.size())));
            return found;
        }));
    }

    /** Makes a schema with empty tables. Needs a transaction around it. */
    static void create(JdbcTemplate jdbc, String schema) {
        var before = jdbc.queryForObject("select current_setting('search_path')", String.class);
        jdbc.execute("create schema " + schema);
        jdbc.execute("set local search_path to " + schema);
        SCRIPTS.forEach(script -> jdbc.execute(text(script)));
        jdbc.queryForObject("select set_config('search_path', ?, true)", String.class, before);
    }

    private static String text(String script) {
        try (var file = Objects.requireNonNull(MarketRebuild.class.getResourceAsStream("/db/market/" + script))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the tables are part of this library", e);
        }
    }

    private void fold(String into, EventHistory history) {
        var tables = new MarketTables(jdbc, into);
        history.read(tables::apply);
    }

    private List<String> differences(Derived table, int max) {
        var rows = "select %s::text as row_key, to_jsonb(t) as content from %s.%s t";
        return max <= 0 ? List.of() : jdbc.query("""
                select coalesce(live.row_key, fresh.row_key), live.content, fresh.content
                from (%s) live full join (%s) fresh on live.row_key = fresh.row_key
                where live.content is distinct from fresh.content order by 1 limit %d"""
                .formatted(rows.formatted(table.key(), schema, table.name()),
                        rows.formatted(table.key(), SIDE, table.name()), max),
                (row, _) -> table.name() + " " + row.getString(1) + ": " + (row.getString(2) == null
                        ? "only in the event store"
                        : row.getString(3) == null ? "only in the table"
                                : row.getString(2) + " instead of " + row.getString(3)));
    }
}
