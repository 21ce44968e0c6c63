package io.campaignlauncher.job.model;

/** Whose answer a job waits for. */
public enum Awaited {
    /** Nobody's: it waits for a time, or has ended. */
    NOTHING,
    PRE_VERIFICATION, CREATION, VERIFICATION, DELETION,
    /** A person's decision about a rollback. */
    PERSON
}
