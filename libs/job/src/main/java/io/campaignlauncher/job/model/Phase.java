package io.campaignlauncher.job.model;

/** What a job is busy with. */
public enum Phase {
    ABSENT(JobStatus.PENDING),
    PRE_VERIFYING(JobStatus.PENDING),
    AWAITING_START(JobStatus.PENDING),
    CREATING(JobStatus.IN_PROGRESS),
    VERIFYING(JobStatus.IN_PROGRESS),
    REMOVING_SURPLUS(JobStatus.IN_PROGRESS),
    AWAITING_CONFIRMATION(JobStatus.IN_PROGRESS),
    ROLLING_BACK(JobStatus.IN_PROGRESS),
    COMPLETED(JobStatus.COMPLETED),
    FAILED(JobStatus.FAILED),
    ROLLED_BACK(JobStatus.ROLLED_BACK);

    private final JobStatus status;

    Phase(JobStatus status) {
        this.status = status;
    }

    public JobStatus status() {
        return status;
    }

    /** Nothing follows any more. */
    public boolean settled() {
        return switch (this) {
            case COMPLETED, FAILED, ROLLED_BACK -> true;
            case ABSENT, PRE_VERIFYING, AWAITING_START, CREATING, VERIFYING, REMOVING_SURPLUS, AWAITING_CONFIRMATION,
                    ROLLING_BACK ->
                false;
        };
    }
}
