package io.campaignlauncher.job.calls;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions that would rather fail than hold one of the service's connections: launches need those, and nobody needs these tables. So
 * they wait for no lock that somebody keeps.
 */
final class ShortTransactions {

    private static final String LIMITS = "set local lock_timeout = '1s'; set local statement_timeout = '5s'";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;

    ShortTransactions(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactions);
    }

    void run(Runnable work) {
        transactions.executeWithoutResult(_ -> {
            jdbc.execute(LIMITS);
            work.run();
        });
    }

    <T> T call(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            jdbc.execute(LIMITS);
            return work.get();
        }));
    }
}
