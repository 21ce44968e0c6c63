package io.campaignlauncher.job.model;

/** What a caller that used a request's idempotency key before there was a job was told: that its request is accepted. */
public enum PriorAcceptance {

    /** Nobody used the key. */
    NONE,
    /** That this request is accepted, with these or with equivalent fields: it becomes a job, even if one that fails at once. */
    THIS_REQUEST,
    /** That another request is accepted: the key belongs to that one. */
    ANOTHER_REQUEST
}
