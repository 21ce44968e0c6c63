package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Promise;
import io.campaignlauncher.job.model.RequestFingerprint;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests that wait on their topic, and that somebody was told are taken. */
final class Promises {

    private final JdbcClient jdbc;
    private final JobPolicy policy;

    Promises(JdbcClient jdbc, JobPolicy policy) {
        this.jdbc = jdbc;
        this.policy = policy;
    }

    Promise to(UUID jobId, LaunchRequest request) {
        return jdbc.sql("select fingerprint from idempotency_keys where job_id = ?").param(jobId).query(String.class)
                .optional()
                .map(fingerprint -> RequestFingerprint.isOf(fingerprint, request, policy) ? Promise.THIS_REQUEST
                        : Promise.ANOTHER_REQUEST)
                .orElse(Promise.NONE);
    }
}
