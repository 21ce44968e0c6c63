package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.Case;
import io.campaignlauncher.market.model.RecordedEvent;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Folds events into the marketplace's tables: in the transaction that stores them, or when the tables are made anew. Both give the same rows,
 * whatever the events come in together with: times and ids of rows follow from the events alone.
 *
 * <p>A row that changes its state twice is written twice, so that the database sees every change and can refuse it.
 */
public final class MarketTables {

    private final JdbcTemplate jdbc;
    private final String schema;

    /** @param schema where the tables are, as SQL writes it */
    public MarketTables(JdbcTemplate jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /**
     * Writes what was decided on rows that are locked. Needs the transaction around it that has them locked.
     *
     * @param events in the order of their positions, each once
     * @param found  what they were decided on: it is not read again
     * @throws org.springframework.dao.DataAccessException where the tables refuse what follows from the events, or cannot be reached;
     *                                                     the transaction has to be rolled back
     */
    public void apply(List<RecordedEvent> events, Case found) {
        var fold = new TableFold(new Sql(jdbc, schema));
        fold.know(found);
        write(fold, events);
    }

    /** The same of events of any number of decisions, where nobody else writes. */
    void apply(List<RecordedEvent> events) {
        var fold = new TableFold(new Sql(jdbc, schema));
        fold.load(events);
        write(fold, events);
    }

    private static void write(TableFold fold, List<RecordedEvent> events) {
        events.forEach(fold::apply);
        fold.write();
    }
}
