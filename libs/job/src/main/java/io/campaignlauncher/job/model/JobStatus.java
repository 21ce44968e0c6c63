package io.campaignlauncher.job.model;

/** Where a job stands, as people see it. */
public enum JobStatus {
    PENDING, IN_PROGRESS, COMPLETED, FAILED, ROLLED_BACK
}
