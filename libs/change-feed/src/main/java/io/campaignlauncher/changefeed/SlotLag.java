package io.campaignlauncher.changefeed;

import io.campaignlauncher.messaging.DatabaseSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Measures how much of the write-ahead log PostgreSQL keeps for the change feed, and whether its slot would outlive the server: metrics
 * {@code launch.feed.lag}, {@code .slot.at.risk}, {@code .standby.lag}, {@code .standby.keeps.slot}, by {@code feed}; -1 while
 * it is not known. Past the server's {@code max_slot_wal_keep_size} the slot is lost, and the feed begins again from the table.
 *
 * <p>The feed is shown its own events only, so that on a busy server it would not notice how far the log has grown meanwhile. So
 * where much is kept, a mark for it goes into the log. Where nobody writes much, nothing is written here either, unless a standby
 * follows: that keeps a slot only once it has seen it move on.
 */
public final class SlotLag implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SlotLag.class);
    private static final long UNKNOWN = -1;
    private static final long MARKED_BEYOND = 256 * 1024;

    private final ReplicationSlot slot;
    private final Duration every;
    private final AtomicLong bytes = new AtomicLong(UNKNOWN);
    private final AtomicLong atRisk = new AtomicLong(UNKNOWN);
    private final AtomicLong standbyBytes = new AtomicLong(UNKNOWN);
    private final AtomicLong kept = new AtomicLong(UNKNOWN);
    private final StandbyServers standbys;
    private @Nullable ScheduledExecutorService measuring;

    /** @param database where {@code dataSource} leads */
    public SlotLag(DataSource dataSource, DatabaseSettings database, FeedSource source, FeedSettings settings,
            MeterRegistry meters) {
        this.standbys = new StandbyServers(database);
        this.slot = new ReplicationSlot(JdbcClient.create(dataSource), source, settings);
        this.every = settings.followEvery();
        Gauge.builder("launch.feed.lag", bytes, AtomicLong::doubleValue)
                .tag("feed", source.name())
                .baseUnit("bytes")
                .description("write-ahead log that is kept for the change feed; -1: not known")
                .register(meters);
        gauge("launch.feed.slot.at.risk", atRisk, source)
                .description(
                        "whether the log that the change feed's slot needs is about to be thrown away; -1: not known")
                .register(meters);
        gauge("launch.feed.standby.lag", standbyBytes, source).baseUnit("bytes")
                .description("write-ahead log that the standby furthest behind lacks; -1: not known, or there is none")
                .register(meters);
        gauge("launch.feed.standby.keeps.slot", kept, source)
                .description(
                        "whether a standby could go on with the change feed's slot; -1: not known, or there is none")
                .register(meters);
    }

    private static Gauge.Builder<AtomicLong> gauge(String name, AtomicLong value, FeedSource source) {
        return Gauge.builder(name, value, AtomicLong::doubleValue).tag("feed", source.name());
    }

    @Override
    public synchronized void start() {
        measuring = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("change-feed-lag").daemon().factory());
        measuring.scheduleWithFixedDelay(this::measure, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void measure() {
        try {
            bytes.set(slot.lagBytes().orElse(UNKNOWN));
            atRisk.set(slot.isAtRisk() ? 1 : 0);
            standbyBytes.set(slot.standbyLagBytes().orElse(UNKNOWN));
            kept.set(standbys.keep(slot.name()).map(keeps -> keeps ? 1L : 0L).orElse(UNKNOWN));
            if (bytes.get() > MARKED_BEYOND || slot.isFollowed()) {
                slot.mark();
            }
        } catch (RuntimeException e) {
            LOG.debug("the feed's lag is not known: {}", e.getMessage());
            List.of(bytes, atRisk, standbyBytes, kept).forEach(value -> value.set(UNKNOWN));
        }
    }

    @Override
    public synchronized void stop() {
        if (measuring != null) {
            // Not interrupted: that breaks the connection of a query under way.
            measuring.shutdown();
            measuring = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return measuring != null;
    }
}
