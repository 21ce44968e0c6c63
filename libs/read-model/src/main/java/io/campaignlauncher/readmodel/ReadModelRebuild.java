package io.campaignlauncher.readmodel;

import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.LaunchRecords;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the tables of the read model anew from the event store, beside the live ones, and puts them in their place in one
 * short transaction. Jobs keep their numbers. One at a time over all processes; it may die at any point without harm.
 */
public final class ReadModelRebuild {

    private static final Logger LOG = LoggerFactory.getLogger(ReadModelRebuild.class);
    private static final long ONE_AT_A_TIME = 0x6361_6d70_7265_6275L;
    private static final int EVENTS_PER_WRITE = 5_000;
    private static final int RECENT_JOBS_MAX = 5_000;
    private static final int JOBS_PER_CATCH_UP = 200;

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final TransactionTemplate ownTransaction;
    private final AvroEncoding encoding;
    private final ReadModelMeters meters;

    public ReadModelRebuild(DataSource dataSource, PlatformTransactionManager transactions, AvroEncoding encoding,
            MeterRegistry registry) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.encoding = encoding;
        this.meters = new ReadModelMeters(registry);
    }

    /** Over a database alone, for tools beside the services. */
    public static ReadModelRebuild on(DataSource dataSource) {
        return new ReadModelRebuild(dataSource, new DataSourceTransactionManager(dataSource),
                new LaunchRecords().encoding(), new SimpleMeterRegistry());
    }

    /**
     * Blocks until the new tables are in place. Where it fails, the live tables are as they were.
     *
     * @throws IllegalStateException where a rebuild is under way already
     */
    public void rebuild() {
        alone(() -> {
            var projection = fold();
            RebuiltTables.finish(jdbc);
            transaction.executeWithoutResult(_ -> {
                SwapLock.takeAlone(jdbc);
                catchUp(projection);
                RebuiltTables.swap(jdbc);
            });
            LOG.info("the read model was rebuilt from the event store");
            return null;
        });
    }

    /**
     * Where the live tables differ from what the event store says, at most a hundred places, a line for each; none if all is
     * well. Ids that mean nothing to people are not compared. A job that an event comes for meanwhile may show up too.
     */
    public List<String> differences() {
        return alone(() -> {
            fold();
            try {
                return ReadModelDifferences.find(jdbc);
            } finally {
                RebuiltTables.drop(jdbc);
            }
        });
    }

    /** Makes the side tables and fills them with everything that the event store had at the end. */
    private Projection fold() {
        RebuiltTables.create(jdbc);
        var store = new EventReader(dataSource);
        var projection = new Projection(new ReadModelTables(jdbc, Schema.REBUILD, RECENT_JOBS_MAX), store, encoding,
                meters);
        transaction.executeWithoutResult(_ -> store.all(EVENTS_PER_WRITE,
                events -> ownTransaction.executeWithoutResult(_ -> projection.apply(events))));
        catchUp(projection);
        return projection;
    }

    /** Transactions that were open during the long read, and jobs that went on since. */
    private void catchUp(Projection projection) {
        var store = new EventReader(dataSource);
        List<UUID> behind;
        do {
            behind = jdbc.query("""
                    select e.aggregate_identifier
                    from (select aggregate_identifier, max(sequence_number) as last
                          from event_store.domain_events group by aggregate_identifier) e
                    left join read_model_rebuild.campaign_creation_jobs j on j.job_uuid = e.aggregate_identifier::uuid
                    where j.version is null or j.version < e.last limit %d""".formatted(JOBS_PER_CATCH_UP),
                    (row, _) -> UUID.fromString(row.getString(1)));
            for (var jobId : behind) {
                var facts = store.between(jobId, -1, Long.MAX_VALUE);
                transaction.executeWithoutResult(_ -> projection.apply(facts));
            }
        } while (behind.size() == JOBS_PER_CATCH_UP);
    }

    /** A lock of the session: it ends with the process, however that ends. */
    private <T extends @Nullable Object> T alone(Supplier<T> work) {
        try (var connection = dataSource.getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            try (var row = statement.executeQuery("select pg_try_advisory_lock(" + ONE_AT_A_TIME + ")")) {
                if (!row.next() || !row.getBoolean(1)) {
                    throw new IllegalStateException("a rebuild of the read model is under way already");
                }
            }
            try {
                return work.get();
            } finally {
                statement.execute("select pg_advisory_unlock(" + ONE_AT_A_TIME + ")");
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the rebuild's lock could not be had or given back", e);
        }
    }
}
