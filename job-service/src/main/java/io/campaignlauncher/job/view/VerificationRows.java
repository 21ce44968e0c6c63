package io.campaignlauncher.job.view;

import io.campaignlauncher.job.view.RowArrays.Column;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes {@code pre_creation_verifications}, many rows a statement. Rows are only ever added. */
final class VerificationRows {

    private static final List<Column> COLUMNS = List.of(new Column("user_id", SqlType.TEXT),
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

    VerificationRows(JdbcTemplate jdbc, Schema schema) {
        this.jdbc = jdbc;
        insert = "insert into " + schema.table("pre_creation_verifications") + " (" + RowArrays.names(COLUMNS, "")
                + ") select " + RowArrays.names(COLUMNS, "rows.") + " from " + RowArrays.unnest(COLUMNS);
    }

    void write(Collection<JobView> jobs) {
        var rows = new RowArrays(COLUMNS);
        for (var job : jobs) {
            for (var v : job.newVerifications()) {
                rows.add(job.get(JobColumn.USER_ID), job.id(), job.get(JobColumn.AD_ACCOUNT_ID),
                        job.get(JobColumn.CAMPAIGN_NAME), v.canProceed(), v.tookMs(), v.accountAccessible(),
                        v.accountSuspended(), v.duplicateCampaignExists(), v.atAccountLimit(), v.tokenValid(),
                        v.warnings(), v.errors(), v.campaignCount(), v.campaignLimit(), v.createdAt(), v.attempt(),
                        v.outcome(), v.checks(), v.httpCalls());
            }
        }
        if (!rows.isEmpty()) {
            jdbc.update(insert, rows::bind);
        }
    }
}
