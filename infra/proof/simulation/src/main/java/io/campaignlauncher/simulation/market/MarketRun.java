package io.campaignlauncher.simulation.market;

import io.campaignlauncher.market.messages.PostCommandInEvent;
import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.EscrowStatus;
import io.campaignlauncher.market.model.IssuedCommand;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.MarketPolicy;
import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.market.model.Money;
import io.campaignlauncher.market.model.TargetState;
import io.campaignlauncher.market.model.TargetStatus;
import io.campaignlauncher.posting.store.MemoryPostStore;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulation.engine.FaultSchedule;
import io.campaignlauncher.simulation.engine.Figures;
import io.campaignlauncher.simulation.engine.Lives;
import io.campaignlauncher.simulation.engine.LogFeed;
import io.campaignlauncher.simulation.engine.Loop;
import io.campaignlauncher.simulation.engine.Message;
import io.campaignlauncher.simulation.engine.Partitions;
import io.campaignlauncher.simulation.engine.Run;
import io.campaignlauncher.simulation.engine.SeededRandom;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import io.campaignlauncher.simulation.engine.Surroundings;
import io.campaignlauncher.simulation.engine.Trace;
import io.campaignlauncher.simulation.engine.Violation;
import io.campaignlauncher.telegram.HttpTelegram;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of the marketplace: people, every process, what is between them, and Telegram, in one thread and from one seed. */
final class MarketRun implements Run {

    private static final Duration SETTLED_WITHIN = Duration.ofHours(12);
    private static final double WITHOUT_LOG_CHANNEL = 0.15;
    private static final Duration PROMOTED_WITHIN = Duration.ofSeconds(5);
    private static final long TASKS_MAX = 1_000_000;
    /** Measures nothing. */
    private static final CompositeMeterRegistry METERS = new CompositeMeterRegistry();

    private final long seed;
    private final MarketSettings settings;
    private final Loop loop = new Loop();
    private final Surroundings surroundings;
    private final Verdict verdict;
    private final Lives lives;
    private final Partitions partitions;
    private final Database database;
    private final MarketStore store;
    private final LateWork late;
    private final MemoryPostStore posts;
    private final Channels channels;
    private final HttpTelegram telegram;
    private final MarketProcesses processes;
    private final LogFeed<MarketStore.Stored> feed;
    private final PostChecks checks;
    private final People people;
    private int ids;

    /** @param struck by kind of fault how often it struck; added to */
    MarketRun(long seed, MarketSettings settings, long[] struck, @Nullable Consumer<String> reader) {
        this.seed = seed;
        var random = new SeededRandom(seed);
        this.settings = random.chance(WITHOUT_LOG_CHANNEL)
                ? settings.withPosting(settings.posting().withLogChannel(null))
                : settings;
        var trace = new Trace(loop, reader);
        this.surroundings = new Surroundings(loop, random, new FaultSchedule(random, loop,
                List.of(MarketFault.values()), struck, settings.roughness(), settings.only()), trace);
        this.verdict = new Verdict(trace);
        this.lives = new Lives(surroundings,
                new Lives.Hazards(MarketFault.CRASH, MarketFault.FREEZE, MarketFault.CLOCK_OFF), settings.skewMost(),
                new Births());
        this.partitions = new Partitions(surroundings, lives,
                new Partitions.Hazards(MarketFault.DELIVERY_LATE, MarketFault.DELIVERED_AGAIN));
        this.database = new Database(surroundings, lives);
        this.store = new MarketStore(surroundings, settings, policy(random));
        this.late = new LateWork(store, loop);
        this.posts = new MemoryPostStore(loop.clock(), settings.posting().attemptMax());
        this.channels = new Channels(surroundings, lives, this.settings, random.between(1, 3));
        this.telegram = new HttpTelegram(settings.telegram().apply(channels.transport()), Channels.BOT_ID,
                settings.posting().timeout(), METERS);
        this.processes = new MarketProcesses(this, lives);
        this.feed = new LogFeed<>(surroundings, lives, MarketProcesses.MODERATION,
                new LogFeed.Hazards(MarketFault.FEED_REPEATS, MarketFault.FEED_LEADER_FREEZES), store::log,
                this::publish);
        this.checks = new PostChecks(this);
        this.people = new People(this);
        store.onCommit(events -> {
            feed.committed();
            checks.paid(events);
        });
        channels.onPosts(checks::noneTwice);
        lives.begin();
    }

    /** The processes are not there yet when their lives are. */
    private final class Births implements Lives.Watcher {

        @Override
        public void starts(String service, SimulatedProcess life) {
            processes.starts(service, life);
        }

        @Override
        public void died(SimulatedProcess life) {
            processes.died(life);
        }

        @Override
        public void silent(SimulatedProcess life) {
            processes.silent(life);
        }
    }

    private static MarketPolicy policy(SeededRandom random) {
        return new MarketPolicy(random.oneOf(1_000, 1_000, 0, 3_333, 10_000), Money.of("7.00"),
                Duration.ofSeconds(random.between(40, 240)), Duration.ofSeconds(random.between(60, 400)), 20);
    }

    @Override
    public void run() {
        people.begin();
        var calm = later(surroundings.faults().calmFrom(), people.until());
        loop.at(calm, null, this::calm);
        var until = Loop.BEGIN.plus(SETTLED_WITHIN);
        do {
            settle(calm, until);
            quiet();
        } while (!isSettled());
        store.checkHistory();
        checks.atTheEnd();
        verdict.rethrow();
    }

    private void settle(Instant calm, Instant until) {
        while (loop.now().isBefore(calm) || !isSettled()) {
            if (!loop.step(until) || loop.done() > TASKS_MAX) {
                throw new Violation("not settled after " + loop.done() + " tasks, at " + loop.now() + ": "
                        + store.market().targets().values().stream().filter(MarketRun::isUnsettled).toList());
            }
            verdict.rethrow();
        }
    }

    /** Until whatever is late has come. */
    private void quiet() {
        var end = loop.now().plus(settings.posting().settleDelay().multipliedBy(4)).plus(settings.lateMost());
        while (loop.step(end)) {
            verdict.rethrow();
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** From now on nothing goes wrong, and nobody wants anything new. */
    private void calm() {
        channels.calm();
        for (var each : MarketSwitch.values()) {
            store.turn(each, true);
        }
    }

    private boolean isSettled() {
        return store.market().targets().values().stream().noneMatch(MarketRun::isUnsettled)
                && feed.isDone() && partitions.isRead(Topic.POSTING_COMMANDS) && partitions.isRead(Topic.POSTING_EVENTS)
                && posts.nextDue() == null;
    }

    private static boolean isUnsettled(TargetState target) {
        return target.status() == TargetStatus.SUBMITTED || target.status() == TargetStatus.APPROVED
                || target.escrow() != null && target.escrow().status() == EscrowStatus.HELD;
    }

    @Override
    public long steps() {
        return loop.done();
    }

    @Override
    public void count(Figures figures) {
        for (var target : store.market().targets().values()) {
            figures.count(MarketSimulation.ended(target.status()), 1);
        }
        figures.count(MarketSimulation.DECIDED, people.decided());
        figures.count(MarketSimulation.EVENTS, store.log().size());
    }

    private void publish(MarketStore.Stored stored) {
        if (!PostCommandInEvent.HOLDERS.contains(stored.type())) {
            return;
        }
        var by = stored.event().by();
        var targetId = stored.event().stream().id().toString();
        PostCommandInEvent.of(stored.read()).ifPresent(command -> {
            surroundings.trace().line("feed", targetId, () -> "commands " + command);
            partitions.append(Topic.POSTING_COMMANDS, new Message(new Envelope(
                    targetId + "-" + stored.sequence() + "/command", command.getSchema().getName(),
                    "/moderation-service", targetId, stored.at(), null, by.correlationId(), null, null, by.tenant(),
                    by.userId()), MarketStore.asRead(command)));
        });
    }

    /** A record was given up. Nobody publishes dead letters again here. */
    void gaveUp(Message message, Throwable failure) {
        verdict.broken(new Violation("given up: " + message + ", " + failure));
    }

    void heard(IssuedCommand issued, Decision decision) {
        try {
            store.heard(issued, decision);
        } catch (Violation e) {
            verdict.broken(e);
        }
    }

    /** A standby takes over that lacks some posts; what it knows of the marketplace is published again. */
    void rewindPostsSometimes() {
        if (surroundings.faults().strikes(MarketFault.ATTEMPTS_REWOUND)) {
            var lost = surroundings.random().upTo(MemoryPostStore.REWOUND_MAX);
            loop.after(surroundings.random().upTo(PROMOTED_WITHIN), null, () -> {
                surroundings.trace().line("posts", "",
                        () -> "a standby takes over that lacks the last " + lost.toMillis() + " ms");
                posts.rewind(lost);
                feed.again();
            });
        }
    }

    /** The kill switch as the posting service reads it. */
    boolean mayPost() {
        if (surroundings.faults().strikes(MarketFault.SWITCH_UNREADABLE)) {
            throw new IllegalStateException("simulated: the kill switch cannot be read");
        }
        return store.isOn(MarketSwitch.TELEGRAM_POSTING);
    }

    /** The link by which the post of a target is known. */
    static String marker(TargetState target) {
        return "https://" + Channels.MARKER_HOST + "/t/" + MarketIds.postJob(target.id());
    }

    long seed() {
        return seed;
    }

    MarketSettings settings() {
        return settings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Verdict verdict() {
        return verdict;
    }

    Partitions partitions() {
        return partitions;
    }

    Database database() {
        return database;
    }

    MarketStore store() {
        return store;
    }

    LateWork late() {
        return late;
    }

    MemoryPostStore posts() {
        return posts;
    }

    Channels channels() {
        return channels;
    }

    HttpTelegram telegram() {
        return telegram;
    }

    MarketProcesses processes() {
        return processes;
    }

    LogFeed<MarketStore.Stored> feed() {
        return feed;
    }

    String nextId() {
        return "c-" + ++ids;
    }
}
