package io.campaignlauncher.simulation.market;

import io.campaignlauncher.market.messages.PostReportMessages;
import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.IssuedCommand;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PostOutcome;
import io.campaignlauncher.schemas.PostReported;
import io.campaignlauncher.simulation.engine.CommitFailed;
import io.campaignlauncher.simulation.engine.Commits;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import io.campaignlauncher.simulation.engine.Transactions;
import io.campaignlauncher.telegram.ChannelCheck;
import io.campaignlauncher.telegram.ChannelChecks;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/** One process of the moderation-service: its decisions, what it does with reports, and its look for what is late. */
final class ModerationProcess {

    static final Set<String> MESSAGES = Set.of(PostReported.getClassSchema().getName());

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration AGAIN_AFTER_MAX = Duration.ofSeconds(10);
    private static final int OVERTAKING_TRIES = 10;

    /** A look came before the post that it was for. */
    private static final class Overtaken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("the post that was looked at is not known yet", null, false, false);
        }
    }

    private final MarketRun run;
    private final SimulatedProcess life;
    private final Transactions database;
    private final ChannelChecks checks;

    ModerationProcess(MarketRun run, SimulatedProcess life) {
        this.run = run;
        this.life = life;
        this.database = run.database().connection(life, new Commits.Hazards(MarketFault.DECISION_FAILED,
                MarketFault.DECISION_LOST_ACK, null));
        this.checks = ChannelChecks.of(run.telegram(), Channels.BOT_ID, run.settings().posting().readsPosts());
    }

    /** Completes when what was decided is durable. */
    Mono<Decision> decide(Actor actor, MarketCommand command) {
        return Mono.defer(() -> {
            var issued = new IssuedCommand(actor, run.nextId(), command);
            return run.settings().answers()
                    .apply(database.transaction(() -> run.store().decide(issued)))
                    .doOnNext(decision -> run.heard(issued, decision));
        });
    }

    /** As {@code posts.PostReportHandling} does it, but for the jitter, which is no part of the seed. */
    Mono<Void> handle(LaunchRecords.Received received) {
        var report = (PostReported) received.message();
        return Mono.defer(() -> command(report)).flatMap(this::decided)
                .retryWhen(again(Long.MAX_VALUE).filter(CommitFailed.class::isInstance))
                .retryWhen(again(OVERTAKING_TRIES).filter(Overtaken.class::isInstance));
    }

    private RetryBackoffSpec again(long times) {
        return Retry.backoff(times, AGAIN_AFTER).maxBackoff(AGAIN_AFTER_MAX).jitter(0).scheduler(life);
    }

    private Mono<MarketCommand> command(PostReported report) {
        return report.getOutcome() == PostOutcome.CHANNEL_HELD ? held(report)
                : Mono.justOrEmpty(PostReportMessages.command(report));
    }

    /** As {@code posts.HeldChannels} does it: the channel is looked at again; where nobody can look, the report counts. */
    private Mono<MarketCommand> held(PostReported report) {
        return database.transaction(() -> Optional
                .ofNullable(run.store().market().targets().get(UUID.fromString(report.getTargetId())))
                .map(target -> target.place() instanceof Place.TelegramPost post
                        ? run.store().market().channels().get(post.channelId())
                        : null))
                .flatMap(Mono::justOrEmpty)
                .flatMap(channel -> checks.check(Long.toString(channel.chatId())).map(found -> switch (found) {
                    case ChannelCheck.Ready(_, var title, _) ->
                        new MarketCommand.RefreshChannel(channel.id(), title, List.of());
                    case ChannelCheck.Lacking(var reason) ->
                        new MarketCommand.RefreshChannel(channel.id(), channel.title(), List.of(reason));
                    case ChannelCheck.Unanswered _ -> new MarketCommand.RefreshChannel(channel.id(), channel.title(),
                            List.of(PostReportMessages.text(report.getDetail())));
                }));
    }

    private Mono<Void> decided(MarketCommand command) {
        var overtaking = command instanceof MarketCommand.ReportLastLook look
                ? database.transaction(() -> run.late().isPostAwaited(look.targetId()))
                : Mono.just(false);
        return overtaking.flatMap(early -> early
                ? Mono.error(new Overtaken())
                : decide(Actor.system(People.TENANT), command)).then();
    }

    /** Looks again and again for what the time has come for. */
    void lookForLate() {
        life.after(LOOK_EVERY.toNanos(), () -> late().subscribe(_ -> {}, _ -> lookForLate(), this::lookForLate));
    }

    private Mono<Void> late() {
        return database.transaction(() -> run.late().commands())
                .flatMapMany(Flux::fromIterable)
                .concatMap(command -> decide(Actor.system(People.TENANT), command).onErrorResume(_ -> Mono.empty()))
                .then();
    }

    /** A channel is offered: it is looked at first, as the route does it. Empty where nobody can look just now. */
    Mono<Decision> offer(Actor publisher, long chatId, String price) {
        return checks.check(Long.toString(chatId)).flatMap(found -> switch (found) {
            case ChannelCheck.Ready(var id, var title, _) -> decide(publisher,
                    new MarketCommand.OfferChannel(Long.toString(chatId), price, id, title, List.of()));
            case ChannelCheck.Lacking(var reason) -> decide(publisher, new MarketCommand.OfferChannel(
                    Long.toString(chatId), price, chatId, Objects.toString(MarketIds.channel(chatId)),
                    List.of(reason)));
            case ChannelCheck.Unanswered _ -> Mono.empty();
        });
    }
}
