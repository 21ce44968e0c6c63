package io.campaignlauncher.job.look;

import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.readmodel.LiveTables;
import io.campaignlauncher.readmodel.ReadModelDifference;
import io.campaignlauncher.readmodel.ReplayedJob;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What the tables hold of a job, and where a replay of its events says otherwise: both as they were at one moment. Blocks. */
final class JobTables {

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final EventReader store;
    private final AvroEncoding encoding;
    private final TransactionTemplate moment;

    JobTables(DataSource dataSource, PlatformTransactionManager transactions, AvroEncoding encoding) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.store = new EventReader(jdbc);
        this.encoding = encoding;
        this.moment = new TransactionTemplate(transactions);
        this.moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.moment.setReadOnly(true);
    }

    /** A slot's row. */
    record Row(String status, @Nullable String facebookId, String name) {}

    /**
     * @param version of the job's row; null: it has none
     * @param slots   by their names, like {@code ad_set 3}
     * @param differing columns in which a row is not as the events say, by the row's name; a row that is missing, or too many, has one without
     *     a name
     */
    record Held(@Nullable Long version, Map<String, Row> slots, Map<String, List<String>> differing) {

        static final String WHOLE_ROW = "";

        List<String> differing(String row) {
            return differing.getOrDefault(row, List.of());
        }
    }

    Held of(UUID jobId) {
        return Objects.requireNonNull(moment.execute(_ -> read(jobId)));
    }

    private Held read(UUID jobId) {
        var connection = DataSourceUtils.getConnection(dataSource);
        try {
            var live = new LiveTables(connection);
            var version = live.versions(List.of(jobId)).get(jobId);
            if (version == null) {
                return new Held(null, Map.of(), Map.of());
            }
            var differing = new HashMap<String, List<String>>();
            live.compare(List.of(replayed(jobId, version)), difference -> note(difference, differing));
            return new Held(version, slots(jobId), differing);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private static void note(ReadModelDifference difference, Map<String, List<String>> differing) {
        differing.computeIfAbsent(difference.row(), _ -> new ArrayList<>())
                .add(Objects.requireNonNullElse(difference.column(), Held.WHOLE_ROW));
    }

    private ReplayedJob replayed(UUID jobId, long version) {
        var job = new ReplayedJob(jobId);
        for (var event : store.between(jobId, -1, version)) {
            job.apply(event.sequence(), event.at(), decoded(event));
        }
        return job;
    }

    private @Nullable SpecificRecord decoded(StoredEvent event) {
        try {
            return encoding.decode(event.type(), event.payload());
        } catch (UnreadableRecord e) {
            return null;
        }
    }

    private Map<String, Row> slots(UUID jobId) {
        var slots = new HashMap<String, Row>();
        jdbc.sql("""
                select s.entity_type || ' ' || s.slot_number as slot, s.status, s.facebook_id, s.entity_name
                from entity_creation_slots s join campaign_creation_jobs j on j.id = s.job_id where j.job_uuid = ?""")
                .param(jobId)
                .query(row -> {
                    slots.put(row.getString("slot"),
                            new Row(row.getString("status"), row.getString("facebook_id"),
                                    row.getString("entity_name")));
                });
        return slots;
    }
}
