package io.campaignlauncher.job.view;

import io.campaignlauncher.job.view.JobDetails.Count;
import io.campaignlauncher.job.view.JobDetails.Rollback;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Asks the read model. It lags a little behind the events. Every call blocks. */
public final class JobQueries implements FindsStalledJobs {

    private static final String SUMMARY = """
            select id, job_uuid, status, user_id, ad_account_id, campaign_name, strategy, requested_ad_sets, requested_ads,
                   ad_sets_created, ads_created, verified, retry_count, retry_budget, last_error, rollback_triggered,
                   coalesce(rollback_reason, rollback_proposal) as reason, rollback_at, rollback_policy,
                   awaiting_confirmation, facebook_campaign_id, created_at, started_at, completed_at, version""";

    private final JdbcClient jdbc;

    JobQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<JobDetails> job(UUID jobId) {
        return jdbc.sql(SUMMARY + ", error_history from campaign_creation_jobs where job_uuid = ?")
                .param(jobId)
                .query((row, _) -> details(row, Json.read(row.getString("error_history"))))
                .optional();
    }

    /** SHA-256 of the request that the job was accepted with. */
    public Optional<String> fingerprint(UUID jobId) {
        return jdbc.sql("select fingerprint from campaign_creation_jobs where job_uuid = ?")
                .param(jobId)
                .query(String.class)
                .optional();
    }

    /**
     * Jobs without their error histories, the newest first.
     *
     * @param userId null: of everyone
     * @param status null: in any
     * @param after  only jobs with a lower number; null: from the newest on
     */
    public List<JobDetails> jobs(@Nullable String userId, @Nullable String status, @Nullable Long after, int limit) {
        var sql = new StringBuilder(SUMMARY).append(" from campaign_creation_jobs where true");
        sql.append(userId == null ? "" : " and user_id = :userId");
        sql.append(status == null ? "" : " and status = :status");
        sql.append(after == null ? "" : " and id < :after");
        return jdbc.sql(sql.append(" order by id desc limit :limit").toString())
                .param("userId", userId)
                .param("status", status)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> details(row, null))
                .list();
    }

    /** The campaign, the ad sets, the ads, each type in the order of its numbers. */
    public List<SlotDetails> slots(UUID jobId) {
        return jdbc
                .sql("""
                        select s.entity_type, s.slot_number, s.status, s.facebook_id, s.entity_name, s.retry_count, s.error_message
                        from entity_creation_slots s join campaign_creation_jobs j on j.id = s.job_id
                        where j.job_uuid = ?
                        order by case s.entity_type when 'campaign' then 1 when 'ad_set' then 2 else 3 end, s.slot_number""")
                .param(jobId)
                .query((row, _) -> new SlotDetails(row.getString("entity_type"), row.getInt("slot_number"),
                        row.getString("status"), row.getString("facebook_id"), row.getString("entity_name"),
                        row.getInt("retry_count"), row.getString("error_message")))
                .list();
    }

    public List<PreVerificationDetails> preVerifications(UUID jobId) {
        return jdbc.sql("""
                select v.* from pre_creation_verifications v join campaign_creation_jobs j on j.id = v.job_id
                where j.job_uuid = ? order by v.attempt""")
                .param(jobId)
                .query((row, _) -> preVerification(row))
                .list();
    }

    /** What the last look at what was created saw; empty where there was none. */
    public Optional<JsonNode> lastVerification(UUID jobId) {
        return jdbc.sql("select last_verification::text from campaign_creation_jobs"
                + " where job_uuid = ? and last_verification is not null")
                .param(jobId)
                .query((row, _) -> Json.read(row.getString(1)))
                .optional();
    }

    public Optional<IdempotencyFigures> idempotency(UUID jobId) {
        return jdbc.sql("""
                select j.*, (select count(*) from entity_creation_slots s
                             where s.job_id = j.id and s.entity_type = 'campaign' and s.status = 'created') as campaigns
                from campaign_creation_jobs j where j.job_uuid = ?""")
                .param(jobId)
                .query((row, _) -> idempotency(row))
                .optional();
    }

    @Override
    public List<StalledJob> stalledSince(Instant time, StalledJob after, int max) {
        return jdbc.sql("""
                select job_uuid, updated_at from campaign_creation_jobs
                where status in ('pending', 'in_progress') and updated_at < :time and not awaiting_confirmation
                  and (waiting_until is null or waiting_until < :time)
                  and (updated_at, job_uuid) > (:quietSince, :job)
                order by updated_at, job_uuid limit :max""")
                .param("time", time.atOffset(ZoneOffset.UTC))
                .param("quietSince", after.lastEventAt().atOffset(ZoneOffset.UTC))
                .param("job", after.jobId())
                .param("max", max)
                .query((row, _) -> new StalledJob(row.getObject("job_uuid", UUID.class), needed(row, "updated_at")))
                .list();
    }

    @Override
    public Optional<Instant> quietestSince(Instant now) {
        return jdbc.sql("""
                select min(greatest(updated_at, waiting_until)) as since from campaign_creation_jobs
                where status in ('pending', 'in_progress') and not awaiting_confirmation
                  and (waiting_until is null or waiting_until < :now)""")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> Optional.ofNullable(SqlType.instant(row, "since")))
                .single();
    }

    private static JobDetails details(ResultSet row, @Nullable JsonNode errorHistory) throws SQLException {
        return new JobDetails(row.getObject("job_uuid", UUID.class), row.getLong("id"), row.getString("status"),
                row.getString("user_id"), row.getString("ad_account_id"), row.getString("campaign_name"),
                row.getString("strategy"), new Count(row.getInt("requested_ad_sets"), row.getInt("requested_ads")),
                new Count(row.getInt("ad_sets_created"), row.getInt("ads_created")), row.getBoolean("verified"),
                row.getInt("retry_count"), row.getInt("retry_budget"), row.getString("last_error"), errorHistory,
                new Rollback(row.getBoolean("rollback_triggered"), row.getString("reason"),
                        SqlType.instant(row, "rollback_at"), row.getString("rollback_policy"),
                        row.getBoolean("awaiting_confirmation")),
                row.getString("facebook_campaign_id"), needed(row, "created_at"), SqlType.instant(row, "started_at"),
                SqlType.instant(row, "completed_at"), row.getLong("version"));
    }

    private static PreVerificationDetails preVerification(ResultSet row) throws SQLException {
        return new PreVerificationDetails(row.getInt("attempt"), row.getString("outcome"),
                row.getBoolean("can_proceed"), row.getInt("verification_time_ms"), flag(row, "account_accessible"),
                flag(row, "account_suspended"), flag(row, "duplicate_campaign_exists"), flag(row, "at_account_limit"),
                flag(row, "token_valid"), Json.read(row.getString("checks")), Json.read(row.getString("warnings")),
                Json.read(row.getString("errors")), row.getObject("current_campaign_count", Integer.class),
                row.getObject("account_limit", Integer.class), needed(row, "created_at"));
    }

    private static IdempotencyFigures idempotency(ResultSet row) throws SQLException {
        var lookedAt = SqlType.instant(row, "facebook_looked_at");
        var facebook = lookedAt == null ? null : new EntityCounts(row.getInt("facebook_campaigns"),
                row.getInt("facebook_ad_sets"), row.getInt("facebook_ads"));
        var onItsWay = row.getObject("completed_at") == null && !row.getBoolean("rollback_triggered")
                && row.getObject("rollback_declined_at") == null;
        return IdempotencyFigures.of(
                new EntityCounts(1, row.getInt("requested_ad_sets"), row.getInt("requested_ads")),
                new EntityCounts(row.getInt("campaigns"), row.getInt("ad_sets_created"), row.getInt("ads_created")),
                facebook, lookedAt, SqlType.instant(row, "entities_changed_at"), onItsWay);
    }

    private static @Nullable Boolean flag(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Boolean.class);
    }

    private static Instant needed(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(SqlType.instant(row, column), column);
    }
}
