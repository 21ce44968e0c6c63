package io.campaignlauncher.posting;

import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.ThrottledWarning;
import io.campaignlauncher.telegram.BotUser;
import io.campaignlauncher.telegram.ReadResult;
import io.campaignlauncher.telegram.Telegram;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Asks Telegram whether the token is that of the bot, until it is. */
final class BotCheck {

    private static final Logger LOG = LoggerFactory.getLogger(BotCheck.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Telegram telegram;
    private final long botId;
    private final Progress progress;
    private final Scheduler scheduler;
    private final ThrottledWarning warning;

    /**
     * @param botId    as the token says
     * @param progress held while Telegram refuses the token
     */
    BotCheck(Telegram telegram, long botId, Progress progress, Scheduler scheduler, Clock clock) {
        this.telegram = telegram;
        this.botId = botId;
        this.progress = progress;
        this.scheduler = scheduler;
        this.warning = new ThrottledWarning(LOG, clock);
    }

    /** Completes when Telegram has answered that it is; never fails. */
    Mono<Void> passed() {
        return Mono.defer(telegram::me).flatMap(this::bot)
                .repeatWhenEmpty(again -> again.concatMap(_ -> Mono.delay(EVERY, scheduler)))
                .doOnNext(bot -> {
                    warning.over();
                    LOG.info("posts on Telegram as @{}", bot.username());
                })
                .then();
    }

    private Mono<BotUser> bot(ReadResult<BotUser> answer) {
        return switch (answer) {
            case ReadResult.Found<BotUser>(var bot) when bot.id() == botId -> Mono.just(bot);
            case ReadResult.Found<BotUser>(var bot) -> held("it says that the bot's id is " + bot.id());
            case ReadResult.Refused<BotUser>(var reason) -> held(reason);
            case ReadResult.Unread<BotUser>(var reason, _) -> {
                warning.warn("Telegram does not say whose telegram.token is, asking again", reason);
                yield Mono.empty();
            }
        };
    }

    private Mono<BotUser> held(String reason) {
        var why = "Telegram does not take telegram.token: " + reason;
        progress.held(why);
        warning.warn("nothing is posted", why);
        return Mono.empty();
    }
}
