package io.campaignlauncher.market.tables;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks whether all invariants hold, in one view of the tables that nobody's writes change meanwhile. Changes nothing. */
public final class LedgerCheck {

    /** Rows that are told of one invariant at most. */
    public static final int ROWS_MAX = 20;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate snapshot;
    private final String schema;

    /**
     * @param schema  where the tables are, as SQL writes it
     * @param timeout of the whole check, at least a second
     */
    public LedgerCheck(DataSource dataSource, String schema, Duration timeout) {
        jdbc = new JdbcTemplate(dataSource);
        snapshot = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
        snapshot.setTimeout(Math.toIntExact(timeout.toSeconds()));
        this.schema = schema;
    }

    /**
     * What is broken; nothing where all is well.
     *
     * @throws org.springframework.dao.DataAccessException where the tables cannot be read, or not in time: then nothing is known
     */
    public List<BrokenInvariant> run() {
        return Objects.requireNonNull(snapshot.execute(_ -> {
            jdbc.execute("set local search_path to " + schema);
            var found = new ArrayList<BrokenInvariant>();
            Invariant.ALL.forEach(invariant -> jdbc
                    .queryForList("select * from (" + invariant.query() + ") broken limit " + ROWS_MAX)
                    .forEach(row -> found.add(new BrokenInvariant(invariant.name(), invariant.meaning(),
                            row.entrySet().stream().map(each -> each.getKey() + "=" + text(each.getValue()))
                                    .collect(Collectors.joining(" "))))));
            return found;
        }));
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }
}
