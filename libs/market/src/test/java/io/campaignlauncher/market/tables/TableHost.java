package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.IssuedCommand;
import io.campaignlauncher.market.model.Market;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.model.MarketPolicy;
import io.campaignlauncher.market.model.RecordedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Decides on the tables, one transaction a command, as a service does; beside it others may do the same. */
final class TableHost {

    private static final int TRIES_MAX = 50;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final MarketTables tables;
    private final LockedCases cases;

    TableHost(DataSource dataSource, MarketPolicy policy) {
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        tables = new MarketTables(jdbc, TablesDatabase.SCHEMA);
        cases = new LockedCases(jdbc, TablesDatabase.SCHEMA, policy);
        jdbc.execute("create sequence if not exists positions");
    }

    /** What is decided, and written. A first row that somebody else was quicker with is decided on again. */
    Decision tell(Actor actor, MarketCommand command) {
        for (int tries = 1;; tries++) {
            try {
                return Objects.requireNonNull(transaction.execute(_ -> decide(actor, command)));
            } catch (DuplicateKeyException e) {
                if (tries == TRIES_MAX) {
                    throw e;
                }
            }
        }
    }

    private Decision decide(Actor actor, MarketCommand command) {
        var found = cases.load(actor.tenant(), command);
        var decision = Market.decide(found, new IssuedCommand(actor, "c-1", command));
        if (decision instanceof Decision.Accepted(var events) && !events.isEmpty()) {
            tables.apply(events.stream().map(event -> recorded(event, found.now())).toList(), found);
        }
        return decision;
    }

    private RecordedEvent recorded(MarketEvent event, Instant now) {
        return new RecordedEvent(Objects.requireNonNull(jdbc.queryForObject("select nextval('positions')", Long.class)),
                now, event);
    }

    /** How often whoever is in this list said yes. */
    static long accepted(List<Decision> decisions) {
        return decisions.stream().filter(Decision.Accepted.class::isInstance).count();
    }
}
