package io.campaignlauncher.market.model;

/** How a post job is. */
public enum PostStatus implements Status {
    QUEUED, POSTING, POSTED, FAILED;

    @Override
    public String word() {
        return Words.of(this);
    }
}
