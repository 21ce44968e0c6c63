package io.campaignlauncher.job.model;

import java.time.Instant;

/** What comes with every command: which job, what time it is, and how patient jobs are. */
public record DecisionContext(String jobId, Instant now, JobPolicy policy) {}
