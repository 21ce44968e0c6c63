package io.campaignlauncher.posting.telegram;

import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.pace.Pacer;
import io.campaignlauncher.pace.SendPermission;
import io.campaignlauncher.posting.model.ChannelCheck;
import io.campaignlauncher.posting.model.ComposedPost;
import io.campaignlauncher.posting.model.Look;
import io.campaignlauncher.posting.model.LookPlan;
import io.campaignlauncher.posting.model.ProbeAnswer;
import io.campaignlauncher.posting.model.ReadAnswer;
import io.campaignlauncher.posting.model.RemoveAnswer;
import io.campaignlauncher.posting.model.SendOutcome;
import io.campaignlauncher.posting.model.TelegramPostingSettings;
import io.campaignlauncher.posting.model.TopSearch;
import io.campaignlauncher.telegram.ChannelChecks;
import io.campaignlauncher.telegram.Telegram;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** The requests of one run, one after another, each with the bot's permission to send. */
final class BotRequests {

    /** Readers see it where a post can only be edited away. */
    static final String NEUTRAL_TEXT = "This post was withdrawn.";

    private static final String BOT = "telegram-bot";
    private static final String LOG = "telegram-log";
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final String NO_TURN = "the bot has sent as much as it may";

    private final Telegram telegram;
    private final ChannelChecks channels;
    private final TelegramPostingSettings settings;
    private final Pacer pacer;
    private final Pacer logPacer;
    private final Supplier<Mono<Void>> beforeEach;

    /**
     * @param logPaces   of the log channel: one message a second
     * @param beforeEach done before each request of a look
     */
    BotRequests(Telegram telegram, long botId, TelegramPostingSettings settings, AccountPaces paces,
            AccountPaces logPaces, PostingTime time, Supplier<Mono<Void>> beforeEach) {
        this.telegram = telegram;
        this.channels = ChannelChecks.of(telegram, botId, settings.readsPosts());
        this.settings = settings;
        this.pacer = new Pacer(paces, time.pace(), BOT, () -> WITHIN, settings.overallPerSecond());
        this.logPacer = new Pacer(logPaces, time.pace(), LOG, () -> WITHIN, settings.overallPerSecond() == 0 ? 0 : 1);
        this.beforeEach = beforeEach;
    }

    /** Whether the bot may send a request just now; waits a while for it. */
    Mono<Boolean> turn() {
        return turn(pacer);
    }

    private static Mono<Boolean> turn(Pacer pacer) {
        return pacer.permission(1).map(SendPermission.Granted.class::isInstance);
    }

    /** Right away: whoever sends a post has asked for its turn before. */
    Mono<SendOutcome> send(long chatId, ComposedPost post) {
        return Mono.defer(() -> telegram.send(Answers.post(chatId, post))).map(Answers::sent);
    }

    Mono<SendOutcome> rehearse(ComposedPost post) {
        var log = settings.logChannel();
        if (log == null) {
            return Mono.error(() -> new IllegalStateException("there is no log channel"));
        }
        return logTurn().flatMap(turn -> turn ? send(log, post) : Mono.just(new SendOutcome.NotSent(NO_TURN)));
    }

    private Mono<Boolean> logTurn() {
        return turn(logPacer).flatMap(turn -> turn ? turn() : Mono.just(false));
    }

    Mono<ChannelCheck> check(long chatId) {
        return turn().flatMap(turn -> turn ? channels.check(Long.toString(chatId)).map(Answers::checked)
                : Mono.just(new ChannelCheck.Unanswered(NO_TURN)));
    }

    /** Asks until the look has a finding, and then whether the bot still has the rights that this depends on. */
    Mono<Look> look(long chatId, LookPlan plan) {
        var look = new Look(plan);
        return Mono.defer(() -> look.next().map(question -> asked(chatId, look, question)).orElse(Mono.empty()))
                .repeat(() -> look.next().isPresent())
                .then(Mono.defer(() -> look.dependsOnRights() ? rights(chatId, look) : Mono.empty()))
                .then(Mono.just(look));
    }

    private Mono<Void> rights(long chatId, Look look) {
        return beforeEach.get().then(Mono.defer(() -> check(chatId))).doOnNext(check -> {
            switch (check) {
                case ChannelCheck.Ready _ -> {
                }
                case ChannelCheck.Lacking(var reason) -> look.doubted(reason);
                case ChannelCheck.Unanswered(var reason) -> look.doubted(reason);
            }
        }).then();
    }

    private Mono<Void> asked(long chatId, Look look, Look.Question question) {
        return beforeEach.get().then(Mono.defer(() -> switch (question) {
            case Look.Question.Probe(var id) -> probe(chatId, id).doOnNext(look::answered).then();
            case Look.Question.Read(var id) -> read(chatId, id).doOnNext(look::answered).then();
        }));
    }

    Mono<TopSearch> top(long chatId) {
        var search = new TopSearch();
        return Mono.defer(() -> beforeEach.get().then(Mono.defer(() -> probe(chatId, search.next().orElseThrow())
                .doOnNext(search::answered).then())))
                .repeat(() -> search.next().isPresent())
                .then(Mono.just(search));
    }

    private Mono<ProbeAnswer> probe(long chatId, int messageId) {
        return turn().flatMap(turn -> turn ? telegram.probe(chatId, messageId).map(Answers::probed)
                : Mono.just(new ProbeAnswer.Unanswered(NO_TURN)));
    }

    private Mono<ReadAnswer> read(long chatId, int messageId) {
        var log = settings.logChannel();
        if (log == null) {
            return Mono.just(new ReadAnswer.Unreadable("there is no log channel"));
        }
        return logTurn().flatMap(turn -> turn ? telegram.forward(chatId, messageId, log).map(Answers::read)
                : Mono.just(new ReadAnswer.Unreadable(NO_TURN)));
    }

    /** Deletes a post; one that is too old gets a neutral text instead. */
    Mono<RemoveAnswer> remove(long chatId, int messageId, boolean byEdit, boolean isPhoto) {
        return turn().flatMap(turn -> {
            if (!turn) {
                return Mono.just(new RemoveAnswer.Failed(NO_TURN));
            }
            return byEdit ? neutralise(chatId, messageId, isPhoto)
                    : telegram.delete(chatId, messageId)
                            .flatMap(result -> Answers.tooOld(result) ? neutralise(chatId, messageId, isPhoto)
                                    : Mono.just(Answers.changed(result, false)));
        });
    }

    private Mono<RemoveAnswer> neutralise(long chatId, int messageId, boolean isPhoto) {
        return (isPhoto ? telegram.editCaption(chatId, messageId, NEUTRAL_TEXT)
                : telegram.editText(chatId, messageId, NEUTRAL_TEXT)).map(result -> Answers.changed(result, true));
    }
}
