package io.campaignlauncher.changefeed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
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
 * Measures how much of the write-ahead log PostgreSQL keeps for the change feed: metric {@code launch.feed.lag}, bytes, by {@code feed}; -1 while
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
    private @Nullable ScheduledExecutorService measuring;

    public SlotLag(DataSource dataSource, FeedSource source, FeedSettings settings, MeterRegistry meters) {
        this.slot = new ReplicationSlot(JdbcClient.create(dataSource), source, settings);
        this.every = settings.followEvery();
        Gauge.builder("launch.feed.lag", bytes, AtomicLong::doubleValue)
                .tag("feed", source.name())
                .baseUnit("bytes")
                .description("write-ahead log that is kept for the change feed; -1: not known")
                .register(meters);
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
            if (bytes.get() > MARKED_BEYOND || slot.isFollowed()) {
                slot.mark();
            }
        } catch (RuntimeException e) {
            LOG.debug("the feed's lag is not known: {}", e.getMessage());
            bytes.set(UNKNOWN);
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
