package io.campaignlauncher.chaos;

import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.telegram.simulator.TelegramSimulatorSettings;
import io.campaignlauncher.telegram.simulator.core.ApiMethod;
import io.campaignlauncher.telegram.simulator.core.Fault;
import io.campaignlauncher.telegram.simulator.core.FaultEffect;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Post;
import io.campaignlauncher.telegram.simulator.core.Rights;
import io.campaignlauncher.telegram.simulator.core.TelegramRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A Telegram with channels of publishers, which loses requests and answers, and the settings that lead services to it. */
final class MarketChannels implements AutoCloseable {

    /** Of a send that takes effect after its client gave it up, and before {@link #SETTLE_DELAY} is over. */
    private static final Duration LATE = Duration.ofMillis(1_500);

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration SETTLE_DELAY = Duration.ofSeconds(1);
    private static final Duration LATENCY = Duration.ofMillis(100);
    private static final Duration SLOW = Duration.ofMillis(700);
    private static final long LOG = -1_001_000_000_999L;
    private static final long FIRST = -1_001_000_001_000L;
    private static final String MARKER_HOST = "go.example.com";

    private final TelegramSimulator telegram;
    private final int channels;

    private MarketChannels(TelegramSimulator telegram, int channels) {
        this.telegram = telegram;
        this.channels = channels;
    }

    static MarketChannels start(int channels, long seed) {
        var rules = TelegramRules.DEFAULTS.withoutLimits().withLatency(LATENCY);
        var telegram = TelegramSimulator.start(TelegramSimulatorSettings.DEFAULTS.withSeed(seed).withRules(rules));
        var world = telegram.world();
        world.addChannel(LOG, null, "Log");
        world.setMembership(String.valueOf(LOG), TelegramSimulator.BOT_ID, Membership.administrator(Rights.POST));
        for (int i = 0; i < channels; i++) {
            world.addChannel(FIRST - i, name(i).substring(1), "Chaos " + i);
            world.setMembership(name(i), TelegramSimulator.BOT_ID, Membership.administrator(Rights.ALL));
        }
        return new MarketChannels(telegram, channels);
    }

    /** As its publisher writes it. @param number from 0 */
    static String name(int number) {
        return "@chaos_" + number;
    }

    /** Spring properties. Waiting takes seconds here, not minutes. */
    Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("telegram.base-url", telegram.baseUrl().toString()),
                Map.entry("telegram.token", TelegramSimulator.TOKEN),
                Map.entry("telegram.timeout", TIMEOUT.toMillis() + "ms"),
                Map.entry("telegram.settle-delay", SETTLE_DELAY.toMillis() + "ms"),
                Map.entry("telegram.per-chat-interval", "0s"),
                Map.entry("telegram.overall-per-second", "0"),
                Map.entry("telegram.log-channel", Long.toString(LOG)),
                Map.entry("launch.posting.lease", "10s"),
                Map.entry("launch.posting.marker-host", MARKER_HOST));
    }

    void goWrong() {
        List.of(sometimes(0.05, FaultEffect.answerLost()),
                sometimes(0.03, FaultEffect.swallowed()),
                sometimes(0.03, FaultEffect.committedLate(LATE)),
                sometimes(0.02, FaultEffect.gatewayPage(Commit.atOnce(), 502)),
                sometimes(0.02, FaultEffect.restart(Commit.never())),
                sometimes(0.20, new FaultEffect.Slow(SLOW)),
                Fault.always(ApiMethod.PROBES, FaultEffect.swallowed()).withProbability(0.01),
                Fault.always(ApiMethod.FORWARDS, FaultEffect.answerLost()).withProbability(0.02))
                .forEach(telegram.faults()::add);
    }

    private static Fault sometimes(double probability, FaultEffect effect) {
        return Fault.always(ApiMethod.SENDS, effect).withProbability(probability);
    }

    long faults() {
        return telegram.faults().fired();
    }

    /** Requests so far that were to make a message. */
    long sends() {
        return telegram.counters().calls(ApiMethod.SEND_MESSAGE);
    }

    /** Where the link of a post leads. */
    private static String marker(String postJob) {
        return "https://" + MARKER_HOST + "/t/" + postJob;
    }

    /** Every message that ever was the post of this job in a channel of a publisher, deleted ones too. */
    List<Posted> posts(String postJob) {
        return IntStream.range(0, channels).boxed().flatMap(i -> telegram.world().posts(name(i)).stream()
                .filter(post -> post.links().contains(marker(postJob))).map(post -> new Posted(FIRST - i, post)))
                .toList();
    }

    /** A message and where it is, or was. */
    record Posted(long chatId, Post post) {

        @Override
        public String toString() {
            return chatId + "/" + post.id() + (post.deleted() ? " (deleted)" : "");
        }
    }

    @Override
    public void close() {
        telegram.close();
    }
}
