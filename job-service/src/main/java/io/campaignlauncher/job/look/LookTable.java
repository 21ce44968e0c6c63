package io.campaignlauncher.job.look;

import io.campaignlauncher.readmodel.SqlType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code job_looks}. Every call blocks. Leases go by the clock of the database. */
final class LookTable {

    private static final String GONE = "The service was stopped in the midst of the look. Nothing was changed; look again.";
    private static final int DELETED_AT_ONCE_MAX = 100;

    private final JdbcClient sql;

    LookTable(JdbcClient sql) {
        this.sql = sql;
    }

    /** @param by whoever asks */
    record Claim(UUID jobId, String adAccountId, String by, UUID lease) {}

    /**
     * Takes on a look, unless somebody is at it.
     *
     * @param lease how long somebody is taken to be at it who says nothing more
     */
    boolean claim(Claim claim, Duration lease) {
        return sql.sql("""
                insert into job_looks as l (job_id, state, asked_at, asked_by, lease, leased_until, ad_account_id)
                values (:job, 'LOOKING', now(), :by, :lease, now() + :millis * interval '1 millisecond', :account)
                on conflict (job_id) do update set state = 'LOOKING', asked_at = excluded.asked_at,
                  asked_by = excluded.asked_by, lease = excluded.lease, leased_until = excluded.leased_until,
                  ad_account_id = excluded.ad_account_id, reason = null, retry_at = null
                where l.state <> 'LOOKING' or l.leased_until <= now()""")
                .param("job", claim.jobId()).param("by", claim.by()).param("lease", claim.lease())
                .param("account", claim.adAccountId()).param("millis", lease.toMillis()).update() == 1;
    }

    /** @param found JSON @param usagePercent null: Facebook said nothing of it */
    void looked(Claim claim, String found, @Nullable Double usagePercent) {
        sql.sql("update job_looks set state = 'LOOKED', found = :found, usage_percent = :usage,"
                + " usage_at = case when :usage::float8 is null then null else now() end,"
                + " token_taken = true, token_told_at = asked_at"
                + " where job_id = :job and lease = :lease")
                .param("found", found).param("usage", usagePercent).param("job", claim.jobId())
                .param("lease", claim.lease()).update();
    }

    void failed(Claim claim, LookFailed why) {
        sql.sql("update job_looks set state = 'FAILED', reason = :reason, retry_at = :retry"
                + (why.isTokenRefused() ? ", token_taken = false, token_told_at = asked_at" : "")
                + " where job_id = :job and lease = :lease")
                .param("reason", why.reason()).param("job", claim.jobId()).param("lease", claim.lease())
                .param("retry", why.retryAt() == null ? null : why.retryAt().atOffset(ZoneOffset.UTC)).update();
    }

    Optional<StoredLook> find(UUID jobId) {
        return sql.sql("select *, state = 'LOOKING' and leased_until <= now() as gone from job_looks where job_id = ?")
                .param(jobId).query(LookTable::row).optional();
    }

    /** Deletes some of the oldest beyond so many. */
    void keep(int max) {
        sql.sql("delete from job_looks where job_id in (select job_id from job_looks where state <> 'LOOKING'"
                + " order by asked_at desc offset :max limit :some)")
                .param("max", max).param("some", DELETED_AT_ONCE_MAX).update();
    }

    private static StoredLook row(ResultSet row, int index) throws SQLException {
        boolean gone = row.getBoolean("gone");
        return new StoredLook(row.getObject("job_id", UUID.class),
                gone ? StoredLook.State.FAILED : StoredLook.State.valueOf(row.getString("state")),
                time(row, "asked_at"), row.getString("asked_by"), gone ? GONE : row.getString("reason"),
                SqlType.instant(row, "retry_at"), row.getString("found"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(SqlType.instant(row, column));
    }
}
