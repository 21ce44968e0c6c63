package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.RequestFingerprint;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests that somebody was told are taken: each of them becomes a job, and be it one that fails at once. */
final class Promises {

    private final JdbcClient jdbc;
    private final JobPolicy policy;

    Promises(JdbcClient jdbc, JobPolicy policy) {
        this.jdbc = jdbc;
        this.policy = policy;
    }

    /** Whether this very request, in these or other words, was answered as taken. */
    boolean to(UUID jobId, LaunchRequest request) {
        return jdbc.sql("select fingerprint from idempotency_keys where job_id = ?").param(jobId).query(String.class)
                .optional().filter(fingerprint -> RequestFingerprint.isOf(fingerprint, request, policy)).isPresent();
    }
}
