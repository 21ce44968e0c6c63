package io.campaignlauncher.posting.telegram;

import io.campaignlauncher.pace.PaceTime;
import io.campaignlauncher.posting.model.PostProgress;
import io.campaignlauncher.posting.model.PostReport;
import io.campaignlauncher.posting.model.PostingCommand.PublishPost;
import io.campaignlauncher.posting.model.Posts;
import io.campaignlauncher.posting.model.TelegramPostingSettings;
import io.campaignlauncher.posting.store.MemoryPostStore;
import io.campaignlauncher.posting.store.PostStore;
import io.campaignlauncher.telegram.BotToken;
import io.campaignlauncher.telegram.HttpTelegram;
import io.campaignlauncher.telegram.TelegramSettings;
import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.telegram.simulator.TelegramSimulatorSettings;
import io.campaignlauncher.telegram.simulator.core.ApiMethod;
import io.campaignlauncher.telegram.simulator.core.Fault;
import io.campaignlauncher.telegram.simulator.core.FaultEffect;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Post;
import io.campaignlauncher.telegram.simulator.core.Rights;
import io.campaignlauncher.telegram.simulator.core.TelegramRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** A worker that posts to the simulated Telegram over HTTP. The clock of the store and that of Telegram go on when they are told to. */
final class Newsroom implements AutoCloseable {

    private static final int ROUNDS_MAX = 200;

    final TelegramPostingSettings settings;
    PublishPost command = Posts.command(UUID.randomUUID(), TelegramSimulator.CHANNEL_ID,
            Posts.START.plus(Duration.ofHours(1)));
    final List<PostReport> reports = new CopyOnWriteArrayList<>();
    final TelegramSimulator simulator;
    final MemoryPostStore store;
    final HttpTelegram telegram;
    volatile boolean on = true;
    private volatile Instant now = Posts.START;
    final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private int workers;

    Newsroom() {
        this(Posts.LOG);
    }

    /** @param logChannel null: none */
    Newsroom(Long logChannel) {
        settings = new TelegramPostingSettings(TelegramPostingSettings.TIMEOUT, TelegramPostingSettings.SETTLE_DELAY,
                TelegramPostingSettings.SCAN_GAP, TelegramPostingSettings.MAX_ATTEMPTS,
                TelegramPostingSettings.PER_CHAT_INTERVAL, 0, logChannel, TelegramPostingSettings.LEASE, 1);
        simulator = TelegramSimulator.start(
                TelegramSimulatorSettings.DEFAULTS.withRules(TelegramRules.DEFAULTS.withoutLimits()),
                Clock.fixed(Posts.START, ZoneOffset.UTC));
        simulator.world().addChannel(Posts.LOG, null, "Log");
        simulator.world().setMembership(String.valueOf(Posts.LOG), TelegramSimulator.BOT_ID,
                Membership.administrator(Rights.POST));
        store = new MemoryPostStore(clock, settings.attemptMax());
        telegram = HttpTelegram.over(
                TelegramSettings.towards(simulator.baseUrl()).withTimeout(Duration.ofMillis(400)),
                new BotToken(TelegramSimulator.TOKEN), null);
    }

    PostingWorker worker() {
        return worker(store);
    }

    PostingWorker worker(PostStore over) {
        return new PostingWorker(telegram, TelegramSimulator.BOT_ID, over,
                (_, report) -> Mono.fromRunnable(() -> reports.add(report)), () -> Mono.just(on),
                new PostingTime(clock, PaceTime.system()), settings, "worker-" + ++workers);
    }

    /** Something goes wrong once with a post to the channel. */
    Newsroom onPost(FaultEffect... effects) {
        for (var effect : effects) {
            simulator.faults().add(Fault.once(ApiMethod.SENDS, effect).inChat(TelegramSimulator.CHANNEL));
        }
        return this;
    }

    PostProgress work() {
        worker().workOff().block(Duration.ofSeconds(60));
        return store.job(command.jobId());
    }

    /** From one thing to do to the next, until there is none, or a person is asked. */
    PostProgress workToTheEnd() {
        for (var round = 0; round < ROUNDS_MAX; round++) {
            var job = work();
            var due = store.nextDue();
            if (due == null || job.state().question() != null) {
                return job;
            }
            if (due.isAfter(now)) {
                pass(Duration.between(now, due).plusMillis(1));
            }
        }
        throw new AssertionError("there is no end: " + store.job(command.jobId()));
    }

    PostProgress publish() {
        worker().handle(command).block();
        return workToTheEnd();
    }

    void pass(Duration time) {
        now = now.plus(time);
        simulator.forward(time);
    }

    List<Post> posts() {
        return simulator.world().marked(TelegramSimulator.CHANNEL, command.markerUrl());
    }

    /** Those that were deleted too. */
    int everPosted() {
        return (int) simulator.world().posts(TelegramSimulator.CHANNEL).stream()
                .filter(post -> post.links().contains(command.markerUrl())).count();
    }

    List<String> told() {
        var names = new ArrayList<String>();
        reports.forEach(report -> names.add(report.name()));
        return names;
    }

    @Override
    public void close() {
        telegram.close();
        simulator.close();
    }
}
