package io.campaignlauncher.job.axon;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests that somebody was told are taken: each of them becomes a job, and be it one that fails at once. */
final class Promises {

    private final JdbcClient jdbc;

    Promises(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether this very request was answered as taken. */
    boolean to(UUID jobId, String fingerprint) {
        return jdbc.sql("select exists (select from idempotency_keys where job_id = ? and fingerprint = ?)")
                .params(jobId, fingerprint).query(Boolean.class).single();
    }
}
