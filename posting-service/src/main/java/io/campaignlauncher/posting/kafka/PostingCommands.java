package io.campaignlauncher.posting.kafka;

import io.campaignlauncher.posting.model.PostingCommand;
import io.campaignlauncher.posting.telegram.OtherContent;
import io.campaignlauncher.posting.telegram.PostingWorker;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PublishPost;
import io.campaignlauncher.schemas.ResolvePost;
import io.campaignlauncher.worker.DatabaseAway;
import io.campaignlauncher.worker.RecordRefused;
import java.util.Set;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Hands commands to the worker. */
public final class PostingCommands {

    /** Names of the messages that are handled. */
    public static final Set<String> MESSAGES = Set.of(PublishPost.getClassSchema().getName(),
            ResolvePost.getClassSchema().getName());

    private final PostingWorker worker;
    private final CommandReader reader;
    private final Retry whileStoreIsAway;

    /** @param markerHost of the links by which posts are known */
    public PostingCommands(PostingWorker worker, String markerHost) {
        this(worker, markerHost, DatabaseAway.retry());
    }

    /** @param whileStoreIsAway when a command is offered to the store again */
    public PostingCommands(PostingWorker worker, String markerHost, Retry whileStoreIsAway) {
        this.worker = worker;
        this.reader = new CommandReader(markerHost);
        this.whileStoreIsAway = whileStoreIsAway;
    }

    /** Completes when the command is durable, however long the store is away. Fails with {@link RecordRefused} where it breaks a rule. */
    public Mono<Void> handle(LaunchRecords.Received received) {
        return Mono.fromCallable(() -> command(received))
                .onErrorMap(IllegalArgumentException.class, e -> new RecordRefused(String.valueOf(e.getMessage())))
                .flatMap(command -> worker.handle(command).retryWhen(whileStoreIsAway))
                .onErrorMap(OtherContent.class, e -> new RecordRefused(String.valueOf(e.getMessage())));
    }

    private PostingCommand command(LaunchRecords.Received received) {
        return switch (received.message()) {
            case PublishPost publish -> reader.publish(publish, received.envelope().time());
            case ResolvePost resolve -> reader.resolve(resolve);
            default -> throw new IllegalArgumentException("no command: " + received.envelope().type());
        };
    }
}
