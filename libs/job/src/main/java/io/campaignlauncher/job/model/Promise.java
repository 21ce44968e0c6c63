package io.campaignlauncher.job.model;

/** What somebody was told who used a request's idempotency key before there was a job: that his request is taken. */
public enum Promise {

    /** Nobody was told anything. */
    NONE,
    /** That this very request is taken, in these or other words: it becomes a job, and be it one that fails at once. */
    THIS_REQUEST,
    /** That another request is taken: the key is its own. */
    ANOTHER_REQUEST
}
