package io.campaignlauncher.moderation.posts;

import io.campaignlauncher.market.messages.PostReportMessages;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PostOutcome;
import io.campaignlauncher.schemas.PostReported;
import io.campaignlauncher.worker.DatabaseAway;
import io.campaignlauncher.worker.RecordRefused;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Decides on what reports of posts say, however long the database is away. */
final class PostReportHandling {

    /** Longer than the post's own report waits for its next try after the database was away. */
    private static final int OVERTAKING_TRIES = 10;

    private final BiFunction<String, PostReported, Mono<MarketCommand>> held;
    private final Predicate<UUID> isPostAwaited;
    private final ReportDecisions decisions;

    /** A look came before the post that it was for. */
    private static final class Overtaken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("the post that was looked at is not known yet", null, false, false);
        }
    }

    /**
     * @param held          what follows from a channel in which nothing can be posted; of a tenant
     * @param isPostAwaited whether nobody has told yet what became of the post of a target; blocks
     * @param decisions     on what is told
     */
    PostReportHandling(BiFunction<String, PostReported, Mono<MarketCommand>> held, Predicate<UUID> isPostAwaited,
            ReportDecisions decisions) {
        this.held = held;
        this.isPostAwaited = isPostAwaited;
        this.decisions = decisions;
    }

    /** Completes when what follows is durable. */
    Mono<Void> handle(LaunchRecords.Received received) {
        return command(received).flatMap(command -> decided(command, received)).retryWhen(DatabaseAway.retry())
                .retryWhen(DatabaseAway.again(OVERTAKING_TRIES).filter(Overtaken.class::isInstance)
                        .onRetryExhaustedThrow((_, last) -> last.failure()));
    }

    private Mono<MarketCommand> command(LaunchRecords.Received received) {
        var report = (PostReported) received.message();
        return Mono.defer(() -> report.getOutcome() == PostOutcome.CHANNEL_HELD
                ? held.apply(ReportDecisions.tenant(received), report)
                : Mono.justOrEmpty(PostReportMessages.command(report)))
                .onErrorMap(IllegalArgumentException.class, e -> new RecordRefused(String.valueOf(e.getMessage())));
    }

    /** Reports are handled side by side, so a look may overtake the post that it was for: it is tried again until that is known. */
    private Mono<Void> decided(MarketCommand command, LaunchRecords.Received received) {
        return Mono.<Void>fromRunnable(() -> {
            if (command instanceof MarketCommand.ReportLastLook look && isPostAwaited.test(look.targetId())) {
                throw new Overtaken();
            }
        }).subscribeOn(Schedulers.boundedElastic()).then(decisions.decide(received, command));
    }
}
