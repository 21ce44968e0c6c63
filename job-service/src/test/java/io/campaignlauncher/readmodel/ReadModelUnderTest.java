package io.campaignlauncher.readmodel;

import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.view.JobQueries;
import io.campaignlauncher.schemas.AvroEncoding;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The read model on a real database, fed by hand instead of by Kafka. */
public final class ReadModelUnderTest {

    public final DataSource dataSource;
    public final JdbcTemplate jdbc;
    public final TransactionTemplate transaction;
    private final JdbcTransactionManager transactions;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ReadModelTables tables;
    public final ReadModelRebuild rebuild;
    private final Projection projection;

    public ReadModelUnderTest(DataSource dataSource) {
        this.dataSource = dataSource;
        jdbc = new JdbcTemplate(dataSource);
        transactions = new JdbcTransactionManager(dataSource);
        transaction = new TransactionTemplate(transactions);
        tables = new ReadModelTables(jdbc, Schema.LIVE, 10);
        projection = new Projection(tables, new EventReader(dataSource), new AvroEncoding(),
                new ReadModelMeters(meters));
        rebuild = new ReadModelRebuild(dataSource, transactions, new AvroEncoding(), meters);
    }

    public JobQueries queries() {
        return new JobQueries(dataSource, transactions, new AvroEncoding());
    }

    /** One poll. */
    public void apply(List<StoredEvent> facts) {
        try {
            transaction.executeWithoutResult(_ -> projection.apply(facts));
        } catch (RuntimeException e) {
            projection.forget(facts);
            throw e;
        }
    }

    /** All their events in one poll. */
    public void apply(ScriptedJob... jobs) {
        var facts = new ArrayList<StoredEvent>();
        List.of(jobs).forEach(job -> facts.addAll(job.facts()));
        apply(facts);
    }

    /** Writes histories as the event store has them. */
    public void store(Collection<ScriptedJob> jobs) {
        jobs.forEach(job -> store(job.facts()));
    }

    public void store(ScriptedJob job) {
        store(job, 0);
    }

    /** Writes what the event store does not have yet. @param from the version of the first event to write */
    public void store(ScriptedJob job, int from) {
        store(job.facts().subList(from, job.facts().size()));
    }

    public void store(List<StoredEvent> facts) {
        for (var fact : facts) {
            jdbc.update(
                    """
                            insert into event_store.domain_events
                            (event_identifier, aggregate_identifier, sequence_number, time_stamp, payload_type, payload, meta_data)
                            values (?, ?, ?, ?, ?, ?, ?)""",
                    UUID.randomUUID().toString(), fact.job().toString(),
                    fact.sequence(),
                    fact.at().toString(), fact.type(), fact.payload(),
                    fact.metaData().length == 0 ? null : fact.metaData());
        }
    }

    public void clear() {
        jdbc.execute("truncate campaign_creation_jobs, settled_slots, slots_under_way,"
                + " pre_creation_verifications, event_store.domain_events, idempotency_keys");
    }

    /** The job's rows, read afresh. */
    public JobView row(ScriptedJob job) {
        return tables.load(List.of(job.jobId())).getFirst();
    }

    double count(String meter) {
        return Objects.requireNonNull(meters.find(meter).counter()).count();
    }
}
