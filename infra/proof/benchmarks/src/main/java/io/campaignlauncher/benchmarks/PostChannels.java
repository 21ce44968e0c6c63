package io.campaignlauncher.benchmarks;

import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.telegram.simulator.TelegramSimulatorSettings;
import io.campaignlauncher.telegram.simulator.core.ApiMethod;
import io.campaignlauncher.telegram.simulator.core.Fault;
import io.campaignlauncher.telegram.simulator.core.FaultEffect;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Rights;
import io.campaignlauncher.telegram.simulator.core.TelegramRules;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** A Telegram that takes 100 ms for each call, and as many messages of a channel and of a bot as the real one. */
final class PostChannels implements AutoCloseable {

    /** As their publisher writes them. */
    static final List<String> NAMES = IntStream.range(0, 20).mapToObj(i -> "@benchmark_" + i).toList();

    private static final Duration CALL = Duration.ofMillis(100);
    private static final double LOST = 0.02;
    private static final long FIRST = -1_001_000_002_000L;
    private static final String MARKER_HOST = "posts.localhost";

    private final TelegramSimulator telegram;

    PostChannels() {
        telegram = TelegramSimulator.start(
                TelegramSimulatorSettings.DEFAULTS.withRules(TelegramRules.DEFAULTS.withLatency(CALL)));
        for (int i = 0; i < NAMES.size(); i++) {
            telegram.world().addChannel(FIRST - i, NAMES.get(i).substring(1), "Benchmark " + i);
            telegram.world().setMembership(NAMES.get(i), TelegramSimulator.BOT_ID,
                    Membership.administrator(Rights.POST));
        }
    }

    /** Options that lead the system to it, and let it post as often as a channel takes it. */
    String[] options() {
        return new String[]{ "--telegram.base-url=" + telegram.baseUrl(), "--telegram.token=" + TelegramSimulator.TOKEN,
            "--telegram.timeout=5s", "--telegram.settle-delay=2s", "--telegram.per-chat-interval=1s",
            "--telegram.overall-per-second=0", "--launch.posting.marker-host=" + MARKER_HOST,
            "--launch.posting.channels-at-once=" + NAMES.size() };
    }

    void loseAnswers() {
        telegram.faults().add(Fault.always(ApiMethod.SENDS, FaultEffect.answerLost()).withProbability(LOST));
    }

    long lost() {
        return telegram.faults().fired();
    }

    /** How many messages were made for this post job, deleted ones too. */
    long posts(UUID job) {
        var marker = "https://" + MARKER_HOST + "/t/" + job;
        return NAMES.stream().flatMap(name -> telegram.world().posts(name).stream())
                .filter(post -> post.links().contains(marker)).count();
    }

    @Override
    public void close() {
        telegram.close();
    }
}
