package io.campaignlauncher.analytics.model;

/** What is timed. */
public enum Stage {

    /** From the request's publication to its acceptance. */
    QUEUE,
    /** What the verifier's checks of the account took. */
    VERIFICATION,
    /** From the first creation round's beginning to the last one's end, of completed jobs. */
    CREATION,
    /** What the verifications of what Facebook holds took. */
    LOOK,
    /** From acceptance to completion. */
    LAUNCH,
    /** From a rollback's beginning to its end in nothing. */
    ROLLBACK
}
