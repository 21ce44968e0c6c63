package io.campaignlauncher.moderation.http;

import io.campaignlauncher.market.tables.LedgerCheck;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.moderation.store.KillSwitches;
import io.campaignlauncher.moderation.store.MarketQueries;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Whether the marketplace works and its books are right: the invariants of the ledger are looked at every minute, in a view of their
 * own. Metrics, both -1 while it is not known: {@code market.ledger.violations}, rows that break one; {@code market.posts.undecided}, posts
 * that wait for a person. Further ones: {@link StockFigures}.
 */
final class MarketHealth implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(MarketHealth.class);
    private static final String OK = "ok";
    private static final String AWAY = "not available";
    private static final int UNKNOWN = -1;
    private static final Duration STALLED = Duration.ofSeconds(30);

    private final LedgerCheck check;
    private final KillSwitches switches;
    private final MarketQueries queries;
    private final @Nullable Progress kafka;
    private final Duration every;
    private final StockFigures figures;
    private volatile int violations = UNKNOWN;
    private volatile long undecided = UNKNOWN;
    private volatile String ledger = "not looked at yet";
    private @Nullable ScheduledExecutorService checking;

    /** @param checks by name, {@code ok} or what is wrong */
    record Now(boolean ok, Map<String, String> checks, Map<String, String> killSwitches) {}

    MarketHealth(LedgerCheck check, KillSwitches switches, MarketQueries queries, @Nullable Progress kafka,
            Duration every,
            MeterRegistry meters) {
        this.check = check;
        this.switches = switches;
        this.queries = queries;
        this.kafka = kafka;
        this.every = every;
        this.figures = new StockFigures(meters);
        Gauge.builder("market.ledger.violations", () -> violations)
                .description("rows that break an invariant of the marketplace; -1: not known").register(meters);
        Gauge.builder("market.posts.undecided", () -> undecided)
                .description("posts that wait for a person to decide; -1: not known").register(meters);
    }

    /** Blocks. */
    Now now() {
        var words = switches.words();
        var checks = new LinkedHashMap<String, String>();
        checks.put("database", words.containsValue("unreadable") ? AWAY : OK);
        checks.put("kafka", isThere(kafka) ? OK : AWAY);
        checks.put("ledger", ledger);
        return new Now(checks.values().stream().allMatch(OK::equals), checks, words);
    }

    /** Whoever reads the topic of tokens that have ended gets on while Kafka answers. */
    private static boolean isThere(@Nullable Progress reader) {
        return reader == null || reader.heldUpBy() == null && reader.stalledFor().compareTo(STALLED) < 0;
    }

    @Override
    public synchronized void start() {
        checking = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("ledger-check").daemon().factory());
        checking.scheduleWithFixedDelay(this::look, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            undecided = queries.postsForAPerson();
            figures.know(queries.stock(), switches.words());
            var broken = check.run();
            violations = broken.size();
            ledger = broken.isEmpty() ? OK : "broken: " + broken.getFirst().invariant();
            broken.forEach(one -> LOG.error("invariant {} is broken ({}): {}", one.invariant(), one.meaning(),
                    one.row()));
        } catch (RuntimeException e) {
            violations = UNKNOWN;
            undecided = UNKNOWN;
            figures.know(null, switches.words());
            ledger = AWAY;
            LOG.debug("the invariants cannot be looked at: {}", e.getMessage());
        }
    }

    @Override
    public synchronized void stop() {
        if (checking != null) {
            // Not interrupted: that breaks the connection of a query under way.
            checking.shutdown();
            checking = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return checking != null;
    }
}
