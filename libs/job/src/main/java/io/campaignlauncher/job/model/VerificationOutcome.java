package io.campaignlauncher.job.model;

/** The result of a verification. */
public enum VerificationOutcome {
    PASSED, REFUSED,
    /** A read failed or may lag behind: ask again. */
    INCONCLUSIVE
}
