package io.campaignlauncher.readmodel;

import io.campaignlauncher.readmodel.RowArrays.Column;
import io.campaignlauncher.readmodel.JobView.VerificationView;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads and writes {@code pre_creation_verifications}, many rows a statement. Rows are only ever added. */
final class VerificationRows {

    static final List<Column> COLUMNS = List.of(new Column("user_id", SqlType.TEXT),
            new Column("job_id", SqlType.BIGINT), new Column("ad_account_id", SqlType.TEXT),
            new Column("campaign_name", SqlType.TEXT), new Column("can_proceed", SqlType.BOOLEAN),
            new Column("verification_time_ms", SqlType.INT), new Column("account_accessible", SqlType.BOOLEAN),
            new Column("account_suspended", SqlType.BOOLEAN), new Column("duplicate_campaign_exists", SqlType.BOOLEAN),
            new Column("at_account_limit", SqlType.BOOLEAN), new Column("token_valid", SqlType.BOOLEAN),
            new Column("warnings", SqlType.JSON), new Column("errors", SqlType.JSON),
            new Column("current_campaign_count", SqlType.INT), new Column("account_limit", SqlType.INT),
            new Column("created_at", SqlType.TIME), new Column("attempt", SqlType.INT),
            new Column("outcome", SqlType.TEXT), new Column("checks", SqlType.JSON),
            new Column("http_calls", SqlType.INT));

    private final JdbcTemplate jdbc;
    private final String insert;
    private final String select;

    VerificationRows(JdbcTemplate jdbc, Schema schema) {
        this.jdbc = jdbc;
        insert = "insert into " + schema.table("pre_creation_verifications") + " (" + RowArrays.names(COLUMNS, "")
                + ") select " + RowArrays.names(COLUMNS, "rows.") + " from " + RowArrays.unnest(COLUMNS);
        select = "select " + RowArrays.names(COLUMNS, "") + " from " + schema.table("pre_creation_verifications")
                + " where job_id = any(?)";
    }

    void write(Collection<JobView> jobs) {
        var rows = new RowArrays(COLUMNS);
        for (var job : jobs) {
            for (var v : job.newVerifications()) {
                rows.add(values(job, job.id(), v));
            }
        }
        if (!rows.isEmpty()) {
            jdbc.update(insert, rows::bind);
        }
    }

    /** One value a column. */
    static @Nullable Object[] values(JobView job, @Nullable Long jobId, VerificationView v) {
        return new @Nullable Object[]{ job.get(JobColumn.USER_ID), jobId, job.get(JobColumn.AD_ACCOUNT_ID),
            job.get(JobColumn.CAMPAIGN_NAME), v.canProceed(), v.tookMs(), v.accountAccessible(), v.accountSuspended(),
            v.duplicateCampaignExists(), v.atAccountLimit(), v.tokenValid(), v.warnings(), v.errors(),
            v.campaignCount(), v.campaignLimit(), v.createdAt(), v.attempt(), v.outcome(), v.checks(), v.httpCalls() };
    }

    /** By job number and attempt, one value a column. */
    Map<Long, Map<Integer, @Nullable Object[]>> load(Collection<JobView> jobs) {
        var loaded = new HashMap<Long, Map<Integer, @Nullable Object[]>>();
        var ids = jobs.stream().map(JobView::id).toArray(Long[]::new);
        jdbc.query(select, statement -> statement.setArray(1, statement.getConnection().createArrayOf("int8", ids)),
                row -> {
                    var values = new @Nullable Object[COLUMNS.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = COLUMNS.get(i).type().read(row, COLUMNS.get(i).name());
                    }
                    loaded.computeIfAbsent(row.getLong("job_id"), _ -> new HashMap<>()).put(row.getInt("attempt"),
                            values);
                });
        return loaded;
    }
}
