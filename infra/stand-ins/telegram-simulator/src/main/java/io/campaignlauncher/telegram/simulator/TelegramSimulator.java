package io.campaignlauncher.telegram.simulator;

import io.campaignlauncher.standin.RequestLog;
import io.campaignlauncher.standin.StandInServer;
import io.campaignlauncher.telegram.simulator.core.BotApi;
import io.campaignlauncher.telegram.simulator.core.Counters;
import io.campaignlauncher.telegram.simulator.core.Faults;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.MessageJournal;
import io.campaignlauncher.telegram.simulator.core.Rights;
import io.campaignlauncher.telegram.simulator.core.TelegramWorld;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A running simulator: an address for clients, what exists, and faults. Closing it stops it. */
public final class TelegramSimulator implements AutoCloseable {

    /** The bot, and the channel in which it may post, that are there from the start. */
    public static final String TOKEN = "1:test";
    public static final long BOT_ID = 1;
    public static final String CHANNEL = "@launch_demo";
    public static final long CHANNEL_ID = -1_001_000_000_001L;

    private final BotApi api;
    private final @Nullable MessageJournal journal;
    private final MovableClock clock;
    private final RequestLog requests;
    private final StandInServer server;

    private TelegramSimulator(BotApi api, @Nullable MessageJournal journal, MovableClock clock, RequestLog requests,
            StandInServer server) {
        this.api = api;
        this.journal = journal;
        this.clock = clock;
        this.requests = requests;
        this.server = server;
    }

    public static TelegramSimulator start() {
        return start(TelegramSimulatorSettings.DEFAULTS);
    }

    public static TelegramSimulator start(TelegramSimulatorSettings settings) {
        return start(settings, Clock.systemUTC());
    }

    public static TelegramSimulator start(TelegramSimulatorSettings settings, Clock base) {
        var journal = settings.journal() == null ? null : MessageJournal.at(settings.journal());
        var api = new BotApi(settings.rules(), new SplittableRandom(settings.seed()), journal);
        var clock = new MovableClock(base);
        api.advance(clock.instant());
        api.world().addBot(TOKEN, "launch_demo_bot");
        api.world().addChannel(CHANNEL_ID, CHANNEL.substring(1), "Launch demo");
        api.world().setMembership(CHANNEL, BOT_ID, Membership.administrator(Rights.POST));
        var requests = new RequestLog();
        return new TelegramSimulator(api, journal, clock, requests,
                TelegramServer.start(settings, api, clock, requests));
    }

    /** E.g. {@code http://127.0.0.1:40123}, without a trailing slash: what {@code telegram.base-url} has to be. */
    public URI baseUrl() {
        return server.baseUrl();
    }

    /** What exists now, and what people do. */
    public TelegramWorld world() {
        api.advance(clock.instant());
        return api.world();
    }

    public Faults faults() {
        return api.faults();
    }

    /** The latest requests as they came, without tokens. */
    public RequestLog requests() {
        return requests;
    }

    public Counters counters() {
        return api.counters();
    }

    /** Puts the simulated clock forward: what is due by then happens. */
    public void forward(Duration by) {
        clock.forward(by);
        api.advance(clock.instant());
    }

    @Override
    public void close() {
        server.close();
        if (journal != null) {
            journal.close();
        }
    }
}
