package io.campaignlauncher.posting.model;

import java.time.Instant;

/**
 * What a decision about a post job is made on, as it was stored at one moment.
 *
 * @param othersOpen whether an attempt of another job is open in the channel
 * @param now        by the store's clock
 * @param claim      number of the worker's claim of the channel; a later claim has a higher one
 * @param rewindings of the store
 */
public record PostView(PostProgress job, ChannelState channel, boolean othersOpen, Instant now, long claim,
        Rewindings rewindings) {

    public PostView with(PostProgress newJob) {
        return new PostView(newJob, channel, othersOpen, now, claim, rewindings);
    }

    public PostView with(ChannelState newChannel) {
        return new PostView(job, newChannel, othersOpen, now, claim, rewindings);
    }
}
