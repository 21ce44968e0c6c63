package io.campaignlauncher.posting.model;

/** How far a post job is. */
public enum Stage {
    /** No attempt may post just now. */
    QUEUED,
    /** An attempt may post, or has posted and was not read back yet. */
    POSTING,
    /** The post was read back. */
    POSTED,
    /** The last look found the post, and no other. */
    CONFIRMED,
    /** There is no post, and there will be none. */
    FAILED,
    /** The post was taken back: the last look found none. */
    ROLLED_BACK
}
