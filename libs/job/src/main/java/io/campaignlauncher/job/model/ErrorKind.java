package io.campaignlauncher.job.model;

/** What an error means for the job: give up, wait until the named time, or try again with back-off. */
public enum ErrorKind {
    PERMANENT, RATE_LIMIT, TEMPORARY
}
