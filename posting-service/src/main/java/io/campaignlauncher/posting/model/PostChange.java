package io.campaignlauncher.posting.model;

/** What a post job and its channel are after an answer. */
public record PostChange(PostProgress job, ChannelState channel) {

    /** Nothing has changed. */
    public static PostChange of(PostView view) {
        return new PostChange(view.job(), view.channel());
    }

    public PostChange with(PostProgress newJob) {
        return new PostChange(newJob, channel);
    }

    public PostChange with(PostState state) {
        return with(job.with(state));
    }

    PostChange with(ChannelState newChannel) {
        return new PostChange(job, newChannel);
    }

    PostState state() {
        return job.state();
    }
}
