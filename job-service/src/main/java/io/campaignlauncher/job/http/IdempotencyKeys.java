package io.campaignlauncher.job.http;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.LaunchPlan;
import io.campaignlauncher.job.model.LaunchRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The requests that were taken over HTTP and waited on their topic, table {@code idempotency_keys}. Every call blocks. */
final class IdempotencyKeys {

    private final JdbcClient jdbc;

    IdempotencyKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param published Kafka is known to have the command; earlier versions noted requests before that */
    record AcceptedRequest(UUID jobId, String fingerprint, String userId, int adSets, int ads, Instant createdAt,
            boolean published) {}

    /** Notes a request that Kafka has, or leaves things as they are where its key was used before; either way, what is there now. */
    AcceptedRequest take(UUID jobId, LaunchRequest request, String fingerprint, Instant now) {
        var plan = LaunchPlan.of(request);
        var at = now.atOffset(ZoneOffset.UTC);
        jdbc.sql("""
                insert into idempotency_keys
                    (job_id, fingerprint, user_id, ad_sets, ads, created_at, published_at, tenant, owner)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (job_id) do update
                set published_at = coalesce(idempotency_keys.published_at, excluded.published_at)
                where idempotency_keys.fingerprint = excluded.fingerprint""")
                .params(jobId, fingerprint, request.userId(), plan.adSets(), plan.ads(), at, at,
                        request.ownership().tenant(), request.ownership().owner())
                .update();
        return find(jobId, Visibility.everything())
                .orElseThrow(() -> new IllegalStateException("a request that was taken in is gone"));
    }

    Optional<AcceptedRequest> find(UUID jobId, Visibility visible) {
        return jdbc.sql("""
                select * from idempotency_keys where job_id = :job
                  and (cast(:tenant as text) is null or tenant = :tenant)
                  and (cast(:owner as text) is null or owner = :owner)""")
                .param("job", jobId)
                .param("tenant", visible.tenant())
                .param("owner", visible.owner())
                .query((row, _) -> new AcceptedRequest(jobId, row.getString("fingerprint"), row.getString("user_id"),
                        row.getInt("ad_sets"), row.getInt("ads"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("published_at") != null))
                .optional();
    }
}
