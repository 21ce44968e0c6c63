package io.campaignlauncher.job.notify;

import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.WebhookAddress;
import io.campaignlauncher.job.notify.NotifiedJobs.NamedWebhook;
import io.campaignlauncher.job.notify.model.Delivery;
import io.campaignlauncher.job.notify.model.Notification;
import io.campaignlauncher.job.notify.model.NotificationKind;
import io.campaignlauncher.telemetry.PlainText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code webhook_deliveries}. Whoever claims a row may send it until its lease ends; then the row is due again, so
 * that one whose claimer died is sent by another. Every call blocks.
 */
final class WebhookDeliveries {

    /** Rows read for a claim: enough that one host with many cannot hide all others. */
    private static final int CANDIDATES_MAX = 1_000;
    private static final int PURGED_AT_ONCE_MAX = 1_000;
    private static final int ERROR_CHARACTERS_MAX = 500;

    private static final String CLAIM = """
            with busy as (select * from unnest(:hosts, :counts) as busy(host, deliveries)),
            due as (
                select job_id, kind, host, next_attempt_at from webhook_deliveries
                where status = 'pending' and next_attempt_at <= :now
                  and host not in (select host from busy where deliveries >= :perHost)
                order by next_attempt_at limit :candidates for update skip locked),
            placed as (
                select job_id, kind, next_attempt_at,
                       coalesce(deliveries, 0) + row_number() over (partition by host order by next_attempt_at) as place
                from due left join busy using (host)),
            taken as (select job_id, kind from placed where place <= :perHost order by next_attempt_at limit :room)
            update webhook_deliveries set attempts = attempts + 1, next_attempt_at = :leaseEnd
            from taken where webhook_deliveries.job_id = taken.job_id and webhook_deliveries.kind = taken.kind
            returning webhook_deliveries.*""";

    private final JdbcClient jdbc;

    WebhookDeliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes what is to be told; one that was noted before stays as it is. */
    void note(Notification notification, NamedWebhook webhook, String body, @Nullable String traceparent, Instant now) {
        jdbc.sql(
                """
                        insert into webhook_deliveries
                        (job_id, kind, tenant, owner, address, host, body, traceparent, status, attempts, next_attempt_at, happened_at, created_at)
                        values (:job, :kind, :tenant, :owner, :address, :host, :body, :traceparent, 'pending', 0, :now, :happened, :now)
                        on conflict (job_id, kind) do nothing""")
                .param("job", notification.jobId()).param("kind", notification.kind().wireName())
                .param("tenant", webhook.ownership().tenant()).param("owner", webhook.ownership().owner())
                .param("address", webhook.address()).param("host", WebhookAddress.host(webhook.address()))
                .param("body", body)
                .param("traceparent", traceparent)
                .param("happened", utc(notification.at())).param("now", utc(now))
                .update();
    }

    /**
     * Takes rows that are due, the longest first.
     *
     * @param room    rows at most
     * @param perHost rows of one host at most, together with those under way
     * @param busy    attempts under way, by host
     */
    List<Delivery> claim(Instant now, Instant leaseEnd, int room, int perHost, Map<String, Integer> busy) {
        var hosts = List.copyOf(busy.entrySet());
        return jdbc.sql(CLAIM)
                .param("hosts", hosts.stream().map(Map.Entry::getKey).toArray(String[]::new))
                .param("counts", hosts.stream().map(Map.Entry::getValue).toArray(Integer[]::new))
                .param("now", utc(now)).param("leaseEnd", utc(leaseEnd)).param("perHost", perHost)
                .param("candidates", CANDIDATES_MAX).param("room", room)
                .query((row, _) -> delivery(row))
                .list();
    }

    /** True whatever else became of it meanwhile. @return whether that was news */
    boolean delivered(Delivery delivery, Instant now) {
        return jdbc.sql("""
                update webhook_deliveries set status = 'delivered', delivered_at = :now, last_error = null
                where job_id = :job and kind = :kind and status <> 'delivered'""")
                .param("job", delivery.jobId()).param("kind", delivery.kind().wireName()).param("now", utc(now))
                .update() == 1;
    }

    /** @return false where the lease was over and another attempt has begun: that one's outcome counts */
    boolean tryAgain(Delivery delivery, Instant at, String error) {
        return failed(delivery, "next_attempt_at = :at", at, error);
    }

    /** @return as {@link #tryAgain} */
    boolean giveUp(Delivery delivery, Instant now, String error) {
        return failed(delivery, "status = 'given_up', next_attempt_at = :at", now, error);
    }

    private boolean failed(Delivery delivery, String change, Instant at, String error) {
        return jdbc.sql("update webhook_deliveries set last_error = :error, " + change
                + " where job_id = :job and kind = :kind and status = 'pending' and attempts = :attempt")
                .param("job", delivery.jobId()).param("kind", delivery.kind().wireName())
                .param("attempt", delivery.attempt()).param("error", line(error)).param("at", utc(at))
                .update() == 1;
    }

    /** Deletes rows that are done and were noted before this time, so many at once. @return how many */
    int purge(Instant before) {
        return jdbc.sql("""
                delete from webhook_deliveries where (job_id, kind) in (
                    select job_id, kind from webhook_deliveries where status <> 'pending' and created_at < :before
                    limit :max for update skip locked)""")
                .param("before", utc(before)).param("max", PURGED_AT_ONCE_MAX)
                .update();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(row.getObject("job_id", UUID.class), NotificationKind.of(row.getString("kind")),
                ownership(row), row.getString("address"), row.getString("host"), row.getString("body"),
                row.getString("traceparent"),
                row.getInt("attempts"),
                instant(row, "happened_at"), instant(row, "created_at"));
    }

    private static @Nullable Ownership ownership(ResultSet row) throws SQLException {
        var tenant = row.getString("tenant");
        return tenant == null ? null : new Ownership(tenant, row.getString("owner"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** PostgreSQL cannot hold the character 0. */
    static String line(String error) {
        return PlainText.beginning(PlainText.oneLine(error), ERROR_CHARACTERS_MAX);
    }
}
