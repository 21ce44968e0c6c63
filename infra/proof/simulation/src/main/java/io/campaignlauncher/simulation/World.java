package io.campaignlauncher.simulation;

import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.simulation.engine.Commits;
import io.campaignlauncher.simulation.engine.FaultSchedule;
import io.campaignlauncher.simulation.engine.Figures;
import io.campaignlauncher.simulation.engine.Lives;
import io.campaignlauncher.simulation.engine.Loop;
import io.campaignlauncher.simulation.engine.Partitions;
import io.campaignlauncher.simulation.engine.Run;
import io.campaignlauncher.simulation.engine.SeededRandom;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import io.campaignlauncher.simulation.engine.Surroundings;
import io.campaignlauncher.simulation.engine.Trace;
import io.campaignlauncher.simulation.engine.Transactions;
import io.campaignlauncher.simulation.engine.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One run: every process, everything between them, and Facebook, in one thread and from one seed. */
final class World implements Run {

    private static final Duration SETTLED_WITHIN = Duration.ofDays(4);
    private static final Duration QUIET_AFTERWARDS = Duration.ofMinutes(3);
    private static final long TASKS_MAX = 500_000;
    private static final Duration STATEMENT = Duration.ofMillis(4);
    private static final Commits.Hazards CLAIMS = new Commits.Hazards(FaultKind.CLAIMS_FAILED,
            FaultKind.CLAIMS_LOST_ACK, FaultKind.CLAIMS_SLOW);
    private static final double LARGE = 0.005;

    private final Settings settings;
    private final Loop loop = new Loop();
    private final SeededRandom random;
    /** For what processes are set to by themselves. */
    private final SeededRandom ownSettings;
    private final FaultSchedule faults;
    private final Trace trace;
    private final Surroundings surroundings;
    private final List<Order> orders = new ArrayList<>();
    private final Tokens tokens;
    private final InvariantChecker checker;
    private final Facebook facebook;
    private final Lives lives;
    private final Partitions partitions;
    private final CommandQueue commands;
    private final EventStore store;
    private final ClaimTables claimTables;
    private final Timers timers;
    private final Users users;
    private final Cancels cancels;
    private final Starts starts;
    private final Media media;
    private final Stops stops;
    private final ThirdParties thirdParties;
    private final Processes processes;
    private final ChangeFeed feed;
    private int ids;
    private int stalled;

    /** @param struck by kind of fault how often it struck; added to */
    World(long seed, Settings settings, long[] struck, @Nullable Consumer<String> reader) {
        this.random = new SeededRandom(seed);
        this.ownSettings = new SeededRandom(~seed);
        // A pace so slow that a few small launches meet it.
        this.settings = settings.withPace(ownSettings.chance(0.3) ? ownSettings.between(2, 8)
                : settings.creation().mutationsPerSecond());
        this.faults = new FaultSchedule(random, loop, List.of(FaultKind.values()), struck, settings.roughness(),
                settings.only());
        this.trace = new Trace(loop, reader);
        this.surroundings = new Surroundings(loop, random, faults, trace);
        this.starts = new Starts(this, new SeededRandom(Long.rotateLeft(seed, 16)));
        this.media = new Media(this, new SeededRandom(Long.rotateLeft(seed, 48)));
        drawOrders();
        this.tokens = new Tokens(orders, loop, random, faults);
        this.checker = new InvariantChecker(this);
        this.lives = new Lives(surroundings, new Lives.Hazards(FaultKind.CRASH, FaultKind.FREEZE, FaultKind.CLOCK_OFF),
                this.settings.skewMost(), new Births());
        this.facebook = new Facebook(this, this.settings, lives);
        this.partitions = new Partitions(surroundings, lives,
                new Partitions.Hazards(FaultKind.DELIVERY_LATE, FaultKind.DELIVERED_AGAIN));
        this.commands = new CommandQueue(this);
        this.store = new EventStore(this, settings.policy());
        this.claimTables = new ClaimTables(loop, this.settings.creation());
        this.timers = new Timers(this);
        this.users = new Users(this);
        this.cancels = new Cancels(this, new SeededRandom(Long.rotateLeft(seed, 32)));
        this.stops = new Stops(this);
        this.thirdParties = new ThirdParties(this);
        this.processes = new Processes(this, lives);
        this.feed = new ChangeFeed(this);
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

    private void drawOrders() {
        int count = random.oneOf(1, 1, 1, 1, 2, 2, 3);
        var account = "act_" + (5001 + random.upTo(3));
        for (int i = 1; i <= count; i++) {
            orders.add(media.drawn(starts.drawn(
                    Order.drawn(random, i, random.chance(0.8) ? account : "act_6001", random.chance(LARGE)))));
        }
    }

    @Override
    public void run() {
        users.begin();
        cancels.begin();
        starts.begin();
        thirdParties.begin();
        var until = Loop.BEGIN.plus(SETTLED_WITHIN);
        while (!allSettled()) {
            if (!loop.step(until) || loop.done() > TASKS_MAX) {
                throw new Violation("not settled after " + loop.done() + " tasks, at " + loop.now() + ": "
                        + orders.stream().map(order -> store.state(order.jobId())).toList());
            }
        }
        var end = loop.now().plus(QUIET_AFTERWARDS);
        while (loop.step(end)) {
            checker.rethrow();
        }
        checker.atTheEnd();
    }

    @Override
    public long steps() {
        return loop.done();
    }

    @Override
    public void count(Figures figures) {
        orders.forEach(order -> figures.count(LaunchSimulation.ended(phaseOf(order)), 1));
        figures.count(LaunchSimulation.RESUMED, stalled);
        cancels.count(figures);
        starts.count(figures);
        media.count(figures);
    }

    private boolean allSettled() {
        checker.rethrow();
        for (var order : orders) {
            if (!store.state(order.jobId()).phase().settled()) {
                return false;
            }
        }
        return true;
    }

    Phase phaseOf(Order order) {
        return store.state(order.jobId()).phase();
    }

    Settings settings() {
        return settings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** A process's way to the database of claims and paces. */
    Transactions statements(SimulatedProcess life) {
        var commits = new Commits(surroundings, lives, life, STATEMENT, CLAIMS);
        return new Transactions() {

            @Override
            public <T> Mono<T> transaction(Supplier<T> work) {
                return commits.transaction(() -> {
                    var result = work.get();
                    rewindClaimsSometimes();
                    return result;
                });
            }
        };
    }

    private void rewindClaimsSometimes() {
        if (faults.strikes(FaultKind.CLAIMS_REWOUND)) {
            var lost = random.upTo(ClaimTables.REWOUND_MAX);
            loop.after(random.upTo(ClaimTables.REWOUND_MAX), null, () -> {
                trace.line("claims", "", () -> "a standby takes over that lacks the last " + lost.toMillis() + " ms");
                claimTables.rewind(lost);
            });
        }
    }

    Loop loop() {
        return loop;
    }

    SeededRandom random() {
        return random;
    }

    SeededRandom ownSettings() {
        return ownSettings;
    }

    FaultSchedule faults() {
        return faults;
    }

    Trace trace() {
        return trace;
    }

    List<Order> orders() {
        return orders;
    }

    Order order(String jobId) {
        return orders.stream().filter(order -> order.jobId().equals(jobId)).findFirst().orElseThrow();
    }

    Tokens tokens() {
        return tokens;
    }

    InvariantChecker checker() {
        return checker;
    }

    Facebook facebook() {
        return facebook;
    }

    Partitions partitions() {
        return partitions;
    }

    CommandQueue commands() {
        return commands;
    }

    Processes processes() {
        return processes;
    }

    EventStore store() {
        return store;
    }

    ClaimTables claimTables() {
        return claimTables;
    }

    Timers timers() {
        return timers;
    }

    Users users() {
        return users;
    }

    Cancels cancels() {
        return cancels;
    }

    Starts starts() {
        return starts;
    }

    Media media() {
        return media;
    }

    Stops stops() {
        return stops;
    }

    ChangeFeed feed() {
        return feed;
    }

    /** A job was resumed. */
    void stalled() {
        stalled++;
    }

    String nextId() {
        return "m-" + ++ids;
    }
}
