package io.campaignlauncher.job.view;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the event store as it was written, past Axon: the quick way for many events. */
final class EventStoreReader {

    private static final int FETCH_ROWS = 2_000;
    private static final String FACTS = "select aggregate_identifier, sequence_number, time_stamp, payload_type, payload"
            + " from event_store.domain_events";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    /** @param transaction a cursor lives within a transaction */
    EventStoreReader(JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** One job's events after one sequence number and before another. */
    List<StoredFact> of(UUID jobId, long after, long before) {
        return jdbc.query(
                FACTS + " where aggregate_identifier = ? and sequence_number > ? and sequence_number < ?"
                        + " order by sequence_number",
                (row, _) -> fact(row), jobId.toString(), after, before);
    }

    /**
     * What comes after the versions of many jobs, each job's in order.
     *
     * @param perJobMax for each of them
     */
    List<StoredFact> after(Map<UUID, Long> versions, int perJobMax) {
        var ids = versions.keySet().toArray(UUID[]::new);
        return jdbc.query("select e.* from unnest(?::text[], ?::bigint[]) as place (job, version) cross join lateral ("
                + FACTS + " where aggregate_identifier = place.job and sequence_number > place.version"
                + " order by sequence_number limit ?) e", (row, _) -> fact(row),
                Arrays.stream(ids).map(UUID::toString).toArray(String[]::new),
                Arrays.stream(ids).map(versions::get).toArray(Long[]::new), perJobMax);
    }

    /** Every event, in the order of the global index, in lists of at most this size. */
    void all(int listSizeMax, Consumer<List<StoredFact>> consumer) {
        transaction.executeWithoutResult(_ -> {
            var streaming = new JdbcTemplate(java.util.Objects.requireNonNull(jdbc.getDataSource()));
            streaming.setFetchSize(FETCH_ROWS);
            var list = new ArrayList<StoredFact>(listSizeMax);
            streaming.query(FACTS + " order by global_index", row -> {
                list.add(fact(row));
                if (list.size() == listSizeMax) {
                    consumer.accept(List.copyOf(list));
                    list.clear();
                }
            });
            if (!list.isEmpty()) {
                consumer.accept(List.copyOf(list));
            }
        });
    }

    private static StoredFact fact(ResultSet row) throws SQLException {
        return new StoredFact(UUID.fromString(row.getString(1)), row.getLong(2), Instant.parse(row.getString(3)),
                row.getString(4), row.getBytes(5));
    }
}
