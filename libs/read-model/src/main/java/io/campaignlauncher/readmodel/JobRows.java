package io.campaignlauncher.readmodel;

import io.campaignlauncher.readmodel.RowArrays.Column;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads and writes {@code campaign_creation_jobs}, many rows a statement. */
final class JobRows {

    static final List<Column> COLUMNS = Arrays.stream(JobColumn.values())
            .map(column -> new Column(column.sqlName(), column.type()))
            .toList();
    private static final List<Column> WITH_ID = Stream
            .concat(Stream.of(new Column("id", SqlType.BIGINT)), COLUMNS.stream())
            .toList();

    private static final Set<JobColumn> ALL = EnumSet.allOf(JobColumn.class);

    private final JdbcTemplate jdbc;
    private final String select;
    private final String versions;
    private final String insert;
    private final String update;

    JobRows(JdbcTemplate jdbc, Schema schema) {
        this.jdbc = jdbc;
        var table = schema.table("campaign_creation_jobs");
        select = "select id, " + RowArrays.names(COLUMNS, "") + " from " + table + " where job_uuid = any(?)";
        versions = "select id, job_uuid, version from " + table
                + " where job_uuid = any(?) order by job_uuid for update";
        insert = "insert into " + table + " (" + schema.idColumn() + RowArrays.names(COLUMNS, "") + ") select "
                + schema.idOfJob() + RowArrays.names(COLUMNS, "rows.") + " from " + RowArrays.unnest(COLUMNS)
                + " returning id, job_uuid";
        update = "update " + table + " j set " + RowArrays.assignments(COLUMNS) + " from " + RowArrays.unnest(WITH_ID)
                + " where j.id = rows.id";
    }

    /** A row's id and how far it is. */
    record Version(long id, long version) {}

    /** Locks the rows, in an order that all writers keep, and says how far each is. */
    Map<UUID, Version> lock(Collection<UUID> jobIds) {
        return jdbc.query(versions, statement -> statement.setArray(1, uuids(statement.getConnection(), jobIds)),
                (row, _) -> Map.entry(row.getObject("job_uuid", UUID.class),
                        new Version(row.getLong("id"), row.getLong("version"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The jobs that the table has, without their slots. */
    List<JobView> load(Collection<UUID> jobIds) {
        return jobIds.isEmpty() ? List.of() : jdbc.query(select,
                statement -> statement.setArray(1, uuids(statement.getConnection(), jobIds)),
                (row, _) -> JobView.read(row, ALL));
    }

    /** Adds rows and tells each job its id. */
    void insert(Collection<JobView> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        var rows = new RowArrays(COLUMNS);
        jobs.forEach(job -> rows.add(values(job)));
        var byId = jobs.stream().collect(Collectors.toMap(JobView::jobId, job -> job));
        jdbc.query(insert, rows::bind, row -> {
            Objects.requireNonNull(byId.get(row.getObject("job_uuid", UUID.class))).storedAs(row.getLong("id"));
        });
    }

    void update(Collection<JobView> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        var rows = new RowArrays(WITH_ID);
        for (var job : jobs) {
            var values = values(job, WITH_ID.size(), 1);
            values[0] = job.id();
            rows.add(values);
        }
        jdbc.update(update, rows::bind);
    }

    /** One value a column. */
    static @Nullable Object[] values(JobView job) {
        return values(job, COLUMNS.size(), 0);
    }

    private static @Nullable Object[] values(JobView job, int size, int from) {
        var values = new @Nullable Object[size];
        for (var column : JobColumn.values()) {
            values[from + column.ordinal()] = job.get(column);
        }
        return values;
    }

    private static java.sql.Array uuids(java.sql.Connection connection, Collection<UUID> ids) throws SQLException {
        return connection.createArrayOf("uuid", ids.toArray(UUID[]::new));
    }
}
