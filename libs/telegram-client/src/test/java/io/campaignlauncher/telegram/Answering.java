package io.campaignlauncher.telegram;

import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.telegram.simulator.TelegramSimulatorSettings;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Rights;
import io.campaignlauncher.telegram.simulator.core.TelegramRules;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** A simulator with a channel and a log, and a client that speaks to it. */
final class Answering implements AutoCloseable {

    static final long CHANNEL = TelegramSimulator.CHANNEL_ID;
    static final long LOG = -1_001_000_000_002L;
    static final String MARKER = "https://ads.example/t/1";

    final TelegramSimulator simulator = TelegramSimulator.start(
            TelegramSimulatorSettings.DEFAULTS.withRules(TelegramRules.DEFAULTS.withoutLimits()));
    final HttpTelegram telegram = client(Duration.ofSeconds(20));

    Answering() {
        simulator.world().addChannel(LOG, null, "Log");
        simulator.world().setMembership(String.valueOf(LOG), TelegramSimulator.BOT_ID,
                Membership.administrator(Rights.POST));
    }

    HttpTelegram client(Duration timeout) {
        return HttpTelegram.over(TelegramSettings.towards(simulator.baseUrl()).withTimeout(timeout),
                new BotToken(TelegramSimulator.TOKEN), null);
    }

    static Post post(String text) {
        return new Post(CHANNEL, new Post.Content.Text(text, List.of(), true),
                List.of(new Post.UrlButton("Open", MARKER)), true, MARKER);
    }

    static <T> T outcome(Mono<T> result) {
        return Objects.requireNonNull(result.block(Duration.ofSeconds(60)));
    }

    SendResult send(String text) {
        return outcome(telegram.send(post(text)));
    }

    /** The id of a post that went well. */
    int posted(String text) {
        return ((SendResult.Posted) send(text)).message().id();
    }

    /** How many posts with the marker there are. */
    int marked() {
        return simulator.world().marked(TelegramSimulator.CHANNEL, MARKER).size();
    }

    @Override
    public void close() {
        telegram.close();
        simulator.close();
    }
}
