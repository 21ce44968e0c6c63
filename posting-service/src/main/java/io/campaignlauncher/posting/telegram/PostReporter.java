package io.campaignlauncher.posting.telegram;

import io.campaignlauncher.posting.model.PostReport;
import io.campaignlauncher.posting.model.PostingCommand.PublishPost;
import reactor.core.publisher.Mono;

/** Tells what is known of posts. */
@FunctionalInterface
public interface PostReporter {

    /** Completes once the report is durable; an error means that it may be or not, and it is told again. */
    Mono<Void> report(PublishPost post, PostReport report);
}
