package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.PriorAcceptance;
import io.campaignlauncher.job.model.RequestFingerprint;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What callers were told of requests that wait on their topic, from the table of idempotency keys. */
final class PriorAcceptances {

    private final JdbcClient jdbc;
    private final JobPolicy policy;

    PriorAcceptances(JdbcClient jdbc, JobPolicy policy) {
        this.jdbc = jdbc;
        this.policy = policy;
    }

    PriorAcceptance of(UUID jobId, LaunchRequest request) {
        return jdbc.sql("select fingerprint from idempotency_keys where job_id = ?").param(jobId).query(String.class)
                .optional()
                .map(fingerprint -> RequestFingerprint.isOf(fingerprint, request, policy) ? PriorAcceptance.THIS_REQUEST
                        : PriorAcceptance.ANOTHER_REQUEST)
                .orElse(PriorAcceptance.NONE);
    }
}
