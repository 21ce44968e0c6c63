package io.campaignlauncher.readmodel;

import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.messaging.Anomaly;
import io.campaignlauncher.schemas.AvroEncoding;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings events into the live tables, beside other writers and beside a rebuild. */
public final class LiveProjection {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Projection projection;

    /** @param recentJobs so many jobs that were written lately are kept in memory */
    public LiveProjection(DataSource dataSource, TransactionTemplate transaction, AvroEncoding encoding,
            ReadModelMeters meters, int recentJobs) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = transaction;
        this.projection = new Projection(new ReadModelTables(jdbc, Schema.LIVE, recentJobs),
                new EventReader(dataSource), encoding, meters);
    }

    /**
     * All or nothing, in one transaction.
     *
     * @param events of any jobs, each job's in order; those that are in the tables already change nothing
     * @return the anomalies that they tell of
     */
    public Map<Anomaly, Long> bring(List<StoredEvent> events) {
        try {
            return Objects.requireNonNull(transaction.execute(_ -> {
                SwapLock.shareWithWriters(jdbc);
                return projection.apply(events);
            }));
        } catch (RuntimeException | Error e) {
            projection.forget(events);
            throw e;
        }
    }
}
