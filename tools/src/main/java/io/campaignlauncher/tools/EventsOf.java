package io.campaignlauncher.tools;

import io.campaignlauncher.changefeed.FeedSource;
import io.campaignlauncher.schemas.Topic;

/** Whose events a command is about. */
enum EventsOf {

    jobs(Topic.JOB_EVENTS, FeedSource.LAUNCHES, "job-service"), market(Topic.MARKET_EVENTS, FeedSource.MARKETPLACE,
            "moderation-service");

    static final String DESCRIPTION = "jobs: of launches, on job.events; market: of the marketplace, on market.events (default: jobs).";

    private final Topic topic;
    private final FeedSource feed;
    private final String service;

    EventsOf(Topic topic, FeedSource feed, String service) {
        this.topic = topic;
        this.feed = feed;
        this.service = service;
    }

    Topic topic() {
        return topic;
    }

    FeedSource feed() {
        return feed;
    }

    /** Which service's they are. */
    String service() {
        return service;
    }
}
